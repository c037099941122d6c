import type { z } from 'zod'
import type { integrations } from '../../../contracts/integrations.ts'
import { type AuditChange, recordChange } from '../../care/audit/index.ts'
import type { Clock } from '../../platform/clock.ts'
import { type Db, inTransaction } from '../../platform/database/index.ts'
import { newId } from '../../platform/identifiers.ts'
import { requirePublicUrl } from '../../platform/outgoing/index.ts'
import { found } from '../../platform/refusal.ts'
import type { Vault } from '../../platform/vault/index.ts'
import { GIVE_UP_MS } from './listeners.ts'
import { newSecret } from './secret.ts'
import { insertWebhook, lockWebhook, restOrResume, updateWebhook, type WebhookRow } from './store.ts'

export interface WritingDeps {
  readonly clock: Clock
  readonly vault: Vault
  readonly trusted: ReadonlySet<string>
}
type Actor = AuditChange['actor']
type New = z.output<typeof integrations.createWebhook.body>
type Change = z.output<typeof integrations.changeWebhook.body>

const once = <T>(list: readonly T[]): T[] => [...new Set(list)]

/** When a delivery that begins now is given up. */
export const giveUpAt = (at: Date): Date => new Date(at.getTime() + GIVE_UP_MS)

/** Makes a webhook; its secret is told this one time. */
export async function createWebhook(
  db: Db,
  { clock, vault, trusted }: WritingDeps,
  actor: Actor,
  body: New,
): Promise<{ row: WebhookRow; secret: string }> {
  await requirePublicUrl(body.url, trusted)
  const id = newId(clock)
  const { value, sealed } = newSecret(vault, id)
  const after = { url: body.url, events: once(body.events), withBodies: body.withBodies }
  const row = await inTransaction(db, async (tx) => {
    const made = await insertWebhook(tx, { id, ...after, secret: sealed, createdAt: clock.now() })
    await recordChange(tx, clock, { actor, act: 'webhook.created', subject: `webhook:${id}`, after })
    return made
  })
  return { row, secret: value }
}

/** Changes what is said of it; one that is paused keeps its deliveries, one that goes on tries them anew. */
export async function changeWebhook(
  db: Db,
  { clock, trusted }: WritingDeps,
  actor: Actor,
  id: string,
  change: Change,
): Promise<WebhookRow> {
  if (change.url !== undefined) await requirePublicUrl(change.url, trusted)
  return inTransaction(db, async (tx) => {
    const before = found(await lockWebhook(tx, id), 'webhook')
    const after = await updateWebhook(tx, {
      ...before,
      url: change.url ?? before.url,
      events: change.events ? once(change.events) : before.events,
      active: change.active ?? before.active,
      withBodies: change.withBodies ?? before.withBodies,
    })
    if (after.active !== before.active) {
      const at = clock.now()
      await restOrResume(tx, id, after.active ? { at, giveUpAt: giveUpAt(at) } : null)
    }
    await recordChange(tx, clock, { actor, act: 'webhook.changed', subject: `webhook:${id}`, before, after })
    return after
  })
}
