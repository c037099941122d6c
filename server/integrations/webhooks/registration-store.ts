import type { WebhookEvent } from '../../../contracts/integrations.ts'
import { type Executor, maybeOne, one, rows, sql } from '../../platform/database/index.ts'

export interface RegistrationRow {
  readonly id: string
  readonly url: string
  readonly query: string | null
}

/** One registration of a client at a time, until the transaction ends. */
export async function lockClient(tx: Executor, clientId: string): Promise<void> {
  await rows(tx, sql`select 1 from integrations.service_token where id = ${clientId} for no key update`)
}

export async function countRegistrations(tx: Executor, clientId: string): Promise<number> {
  const { count } = await one(
    tx,
    sql<{
      count: number
    }>`select count(*)::int as count from integrations.webhook where client_id = ${clientId}`,
  )
  return count
}

export function insertRegistration(
  tx: Executor,
  row: RegistrationRow & {
    readonly clientId: string
    readonly api: string
    readonly events: readonly WebhookEvent[]
    readonly secret: Buffer
    readonly createdAt: Date
  },
): Promise<RegistrationRow> {
  const { id, clientId, api, url, events, query, secret, createdAt } = row
  return one(
    tx,
    sql<RegistrationRow>`
      insert into integrations.webhook (id, url, secret, events, with_bodies, created_at, client_id, api, query)
      values (${id}, ${url}, ${secret}, ${[...events]}, false, ${createdAt}, ${clientId}, ${api}, ${query})
      returning id, url, query`,
  )
}

export function selectRegistration(
  db: Executor,
  clientId: string,
  api: string,
  id: string,
): Promise<RegistrationRow | undefined> {
  return maybeOne(
    db,
    sql<RegistrationRow>`select id, url, query from integrations.webhook
      where id = ${id} and client_id = ${clientId} and api = ${api}`,
  )
}

export function deleteRegistration(
  tx: Executor,
  clientId: string,
  api: string,
  id: string,
): Promise<RegistrationRow | undefined> {
  return maybeOne(
    tx,
    sql<RegistrationRow>`delete from integrations.webhook
      where id = ${id} and client_id = ${clientId} and api = ${api} returning id, url, query`,
  )
}
