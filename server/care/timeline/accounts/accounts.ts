import type { z } from 'zod'
import type { ChannelHealth, ChannelKind, ChannelPolicy } from '../../../../contracts/channels.ts'
import type { Clock } from '../../../platform/clock.ts'
import { countChanged, type Executor, maybeOne, one, rows, sql } from '../../../platform/database/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import { found } from '../../../platform/refusal.ts'
import type { Vault } from '../../../platform/vault/index.ts'
import type { ChannelAccountRow } from '../channel-adapter.ts'

export type Health = z.infer<typeof ChannelHealth>

interface Stored extends Omit<ChannelAccountRow, 'secrets'> {
  readonly secrets: Buffer | null
  readonly health: Health
}

export interface AccountWithHealth extends ChannelAccountRow {
  readonly health: Health
}

const COLUMNS = sql`id, kind, name, state, policy, settings, secrets, health`
const context = (id: string) => `channel-account:${id}`

function openSecrets(vault: Vault, { secrets, ...row }: Stored): AccountWithHealth {
  const opened = secrets ? vault.open(secrets, context(row.id)).toString('utf8') : '{}'
  return { ...row, secrets: JSON.parse(opened) as Record<string, string> }
}

/** Every channel account, oldest first, secrets opened. There are few. */
export async function listAccounts(db: Executor, vault: Vault): Promise<AccountWithHealth[]> {
  const stored = await rows(
    db,
    sql<Stored>`select ${COLUMNS} from timeline.channel_account order by created_at, id limit 500`,
  )
  return stored.map((row) => openSecrets(vault, row))
}

export async function findAccount(
  db: Executor,
  vault: Vault,
  id: string,
): Promise<AccountWithHealth | undefined> {
  const row = await maybeOne(
    db,
    sql<Stored>`select ${COLUMNS} from timeline.channel_account where id = ${id}`,
  )
  return row && openSecrets(vault, row)
}

/** The same, for whoever is about to change it: others who are wait until the transaction ends. */
export async function lockAccount(
  tx: Executor,
  vault: Vault,
  id: string,
): Promise<AccountWithHealth | undefined> {
  await rows(tx, sql`select from timeline.channel_account where id = ${id} for no key update`)
  return findAccount(tx, vault, id)
}

export interface NewAccount {
  readonly id?: string
  readonly kind: ChannelKind
  readonly name: string
  readonly policy: ChannelPolicy
  readonly settings: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, string>>
}

/**
 * The policy that a door has unless somebody decides otherwise: in Russia foreign messengers may only invite to other
 * doors (41-FZ, since June 2025).
 */
export function defaultPolicy(kind: ChannelKind, country: string): ChannelPolicy {
  return country === 'RU' && kind === 'telegram' ? 'invite-only' : 'full'
}

/** Opens a door. Gives its id. */
export async function createAccount(
  tx: Executor,
  vault: Vault,
  clock: Clock,
  account: NewAccount,
): Promise<string> {
  const id = account.id ?? newId(clock)
  const sealed = vault.seal(Buffer.from(JSON.stringify(account.secrets)), context(id))
  await rows(
    tx,
    sql`insert into timeline.channel_account (id, kind, name, policy, settings, secrets, created_at)
      values (${id}, ${account.kind}, ${account.name}, ${account.policy}, ${JSON.stringify(account.settings)}, ${sealed}, ${clock.now()})`,
  )
  return id
}

/** The door of which there is only one; opened if there is none yet. Gives its id. Several nodes may ask at once. */
export async function ensureAccount(
  db: Executor,
  vault: Vault,
  clock: Clock,
  { kind, name, policy, settings, secrets }: Omit<NewAccount, 'id' | 'kind'> & { readonly kind: 'my' },
): Promise<string> {
  const id = newId(clock)
  const sealed = vault.seal(Buffer.from(JSON.stringify(secrets)), context(id))
  await rows(
    db,
    sql`insert into timeline.channel_account (id, kind, name, policy, settings, secrets, created_at)
      values (${id}, ${kind}, ${name}, ${policy}, ${JSON.stringify(settings)}, ${sealed}, ${clock.now()})
      on conflict (kind) where kind = 'my' do nothing`,
  )
  const account = await one(
    db,
    sql<{ id: string }>`select id from timeline.channel_account where kind = ${kind}`,
  )
  return account.id
}

export interface AccountChange {
  readonly name?: string | undefined
  readonly state?: 'active' | 'paused' | undefined
  readonly policy?: ChannelPolicy | undefined
  readonly settings?: Readonly<Record<string, unknown>> | undefined
  /** Only those that are to be replaced. */
  readonly secrets?: Readonly<Record<string, string>> | undefined
}

/** Changes a door. Refuses with `not_found`. */
export async function changeAccount(
  tx: Executor,
  vault: Vault,
  id: string,
  change: AccountChange,
): Promise<void> {
  const before = found(await lockAccount(tx, vault, id), 'channel account')
  const sealed = vault.seal(
    Buffer.from(JSON.stringify({ ...before.secrets, ...change.secrets })),
    context(id),
  )
  await rows(
    tx,
    sql`update timeline.channel_account set name = ${change.name ?? before.name}, state = ${change.state ?? before.state},
        policy = ${change.policy ?? before.policy}, settings = ${JSON.stringify(change.settings ?? before.settings)}, secrets = ${sealed}
      where id = ${id}`,
  )
}

/** How the door fares, for the desk and the metrics. */
export async function reportHealth(db: Executor, id: string, health: Health): Promise<void> {
  await rows(db, sql`update timeline.channel_account set health = ${JSON.stringify(health)} where id = ${id}`)
}

/** How each open door fares; paused ones are silent on purpose. */
export function listHealth(
  db: Executor,
): Promise<{ channel: ChannelKind; name: string; state: Health['state'] }[]> {
  return rows(
    db,
    sql`select kind as channel, name, health->>'state' as state from timeline.channel_account
      where state = 'active' order by created_at, id limit 500`,
  )
}

/** Where a poller of this account stands. */
export async function readCursor(db: Executor, id: string): Promise<Readonly<Record<string, unknown>>> {
  const row = await maybeOne(
    db,
    sql<{ cursor: Record<string, unknown> }>`select cursor from timeline.channel_account where id = ${id}`,
  )
  return row?.cursor ?? {}
}

export async function saveCursor(
  db: Executor,
  id: string,
  cursor: Readonly<Record<string, unknown>>,
): Promise<void> {
  await rows(db, sql`update timeline.channel_account set cursor = ${JSON.stringify(cursor)} where id = ${id}`)
}

/** Puts the secrets of every door under the vault's newest key (key rotation). Gives how many changed. */
export async function resealAccounts(db: Executor, vault: Vault): Promise<number> {
  const stored = await rows(
    db,
    sql<{
      id: string
      secrets: Buffer
    }>`select id, secrets from timeline.channel_account where secrets is not null`,
  )
  let changed = 0
  for (const { id, secrets } of stored) {
    const fresh = vault.reseal(secrets, context(id))
    if (fresh === secrets) continue
    // Unless somebody changed them meanwhile: then they are under the newest key already.
    changed += await countChanged(
      db,
      sql`update timeline.channel_account set secrets = ${fresh} where id = ${id} and secrets = ${secrets}`,
    )
  }
  return changed
}
