import type { WebhookEvent } from '../../../contracts/integrations.ts'
import { recordChange } from '../../care/audit/index.ts'
import type { Clock } from '../../platform/clock.ts'
import { type Db, inTransaction } from '../../platform/database/index.ts'
import type { Service } from '../../platform/http/index.ts'
import { newId } from '../../platform/identifiers.ts'
import { requirePublicUrl } from '../../platform/outgoing/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Vault } from '../../platform/vault/index.ts'
import {
  countRegistrations,
  deleteRegistration,
  insertRegistration,
  lockClient,
  type RegistrationRow,
  selectRegistration,
} from './registration-store.ts'
import { newSecret } from './secret.ts'

/** What another system asks to be told of, by itself. */
export interface RegistrationAsk {
  readonly client: Service
  /** Of which API it speaks: its body is written in that API's words. */
  readonly api: string
  readonly url: string
  readonly events: readonly WebhookEvent[]
  readonly query: string | null
}

/** Receivers that register themselves; each sees its own alone. */
export interface Registrations {
  /** Gives the registration and its signing secret, for once. Refuses with `private_address`, `conflict` (too many). */
  add(ask: RegistrationAsk): Promise<RegistrationRow & { readonly secret: string }>
  find(client: Service, api: string, id: string): Promise<RegistrationRow | undefined>
  /** Whether there was one. */
  remove(client: Service, api: string, id: string): Promise<boolean>
}

/** Enough for every environment of a customer, few enough that nobody floods the outside. */
const MOST = 20

export interface RegistrationsDeps {
  readonly db: Db
  readonly clock: Clock
  readonly vault: Vault
  readonly trusted: ReadonlySet<string>
  readonly changed: () => Promise<void>
}

export function createRegistrations({
  db,
  clock,
  vault,
  trusted,
  changed,
}: RegistrationsDeps): Registrations {
  return {
    add: async ({ client, api, url, events, query }) => {
      await requirePublicUrl(url, trusted)
      const id = newId(clock)
      const { value, sealed } = newSecret(vault, id)
      const row = await inTransaction(db, async (tx) => {
        await lockClient(tx, client.id)
        if ((await countRegistrations(tx, client.id)) >= MOST)
          throw new Refusal('conflict', { what: 'registrations', most: MOST })
        const made = await insertRegistration(tx, {
          id,
          clientId: client.id,
          api,
          url,
          events,
          query,
          secret: sealed,
          createdAt: clock.now(),
        })
        const after = { url, events, api }
        await recordChange(tx, clock, {
          actor: client,
          act: 'webhook.created',
          subject: `webhook:${id}`,
          after,
        })
        return made
      })
      await changed()
      return { ...row, secret: value }
    },
    find: (client, api, id) => selectRegistration(db, client.id, api, id),
    remove: async (client, api, id) => {
      const gone = await inTransaction(db, async (tx) => {
        const before = await deleteRegistration(tx, client.id, api, id)
        if (before)
          await recordChange(tx, clock, {
            actor: client,
            act: 'webhook.deleted',
            subject: `webhook:${id}`,
            before,
          })
        return before !== undefined
      })
      if (gone) await changed()
      return gone
    },
  }
}
