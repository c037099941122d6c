import type { z } from 'zod'
import type { integrations, Webhook, WebhookDelivery } from '../../../contracts/integrations.ts'
import { Id } from '../../../contracts/primitives.ts'
import { recordChange } from '../../care/audit/index.ts'
import type { Clock } from '../../platform/clock.ts'
import { inTransaction } from '../../platform/database/index.ts'
import type { Handlers } from '../../platform/http/index.ts'
import { newId } from '../../platform/identifiers.ts'
import { requirePublicUrl } from '../../platform/outgoing/index.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import type { Vault } from '../../platform/vault/index.ts'
import { GIVE_UP_MS } from './listeners.ts'
import { newSecret } from './secret.ts'
import {
  type DeliveryRow,
  deleteWebhook,
  insertWebhook,
  lockWebhook,
  renewDelivery,
  restOrResume,
  selectDeliveries,
  selectWebhooks,
  updateWebhook,
  type WebhookRow,
} from './store.ts'

export type WebhookOperation =
  | 'listWebhooks'
  | 'createWebhook'
  | 'changeWebhook'
  | 'deleteWebhook'
  | 'listWebhookDeliveries'
  | 'redeliverWebhook'

interface HandlerDeps {
  readonly clock: Clock
  readonly vault: Vault
  readonly trusted: ReadonlySet<string>
  /** Something was committed that listeners and deliveries should know at once. */
  readonly changed: () => Promise<void>
}

/** The webhooks' part of the `integrations` contract. */
export function webhookHandlers({
  clock,
  vault,
  trusted,
  changed,
}: HandlerDeps): Pick<Handlers<typeof integrations>, WebhookOperation> {
  const giveUpAt = (at: Date) => new Date(at.getTime() + GIVE_UP_MS)
  return {
    listWebhooks: async ({ db }) => (await selectWebhooks(db)).map(shown),

    createWebhook: async ({ db, actor, body }) => {
      await requirePublicUrl(body.url, trusted)
      const id = newId(clock)
      const { value, sealed } = newSecret(vault, id)
      const row = await inTransaction(db, async (tx) => {
        const events = [...new Set(body.events)]
        const made = await insertWebhook(tx, {
          id,
          url: body.url,
          events,
          withBodies: body.withBodies,
          secret: sealed,
          createdAt: clock.now(),
        })
        const after = { url: body.url, events, withBodies: body.withBodies }
        await recordChange(tx, clock, { actor, act: 'webhook.created', subject: `webhook:${id}`, after })
        return made
      })
      await changed()
      return { webhook: shown(row), secret: value }
    },

    changeWebhook: async ({ db, actor, params, body }) => {
      if (body.url !== undefined) await requirePublicUrl(body.url, trusted)
      const row = await inTransaction(db, async (tx) => {
        const before = found(await lockWebhook(tx, params.id), 'webhook')
        const after = await updateWebhook(tx, {
          ...before,
          url: body.url ?? before.url,
          events: body.events ? [...new Set(body.events)] : before.events,
          active: body.active ?? before.active,
          withBodies: body.withBodies ?? before.withBodies,
        })
        if (after.active !== before.active) {
          const at = clock.now()
          await restOrResume(tx, params.id, after.active ? { at, giveUpAt: giveUpAt(at) } : null)
        }
        await recordChange(tx, clock, {
          actor,
          act: 'webhook.changed',
          subject: `webhook:${params.id}`,
          before,
          after,
        })
        return after
      })
      await changed()
      return shown(row)
    },

    deleteWebhook: async ({ db, actor, params }) => {
      await inTransaction(db, async (tx) => {
        const before = found(await deleteWebhook(tx, params.id), 'webhook')
        await recordChange(tx, clock, {
          actor,
          act: 'webhook.deleted',
          subject: `webhook:${params.id}`,
          before,
        })
      })
      await changed()
      return { done: true }
    },

    listWebhookDeliveries: async ({ db, params, query }) => {
      if (query.after !== undefined && !Id.safeParse(query.after).success)
        throw new Refusal('invalid_request', { in: 'after' })
      found(
        (await selectWebhooks(db)).find((one) => one.id === params.id),
        'webhook',
      )
      const page = await selectDeliveries(db, params.id, query.after, query.limit + 1)
      const items = page.slice(0, query.limit)
      const next = page.length > query.limit ? (items.at(-1)?.id ?? null) : null
      return { items: items.map(shownDelivery), next }
    },

    redeliverWebhook: async ({ db, params }) => {
      const at = clock.now()
      if (!(await renewDelivery(db, params.id, at, giveUpAt(at))))
        throw new Refusal('not_found', { what: 'delivery' })
      await changed()
      return { done: true }
    },
  }
}

const shown = ({ createdAt, ...row }: WebhookRow): z.input<typeof Webhook> => ({
  ...row,
  createdAt: createdAt.toISOString(),
})

const shownDelivery = ({
  createdAt,
  nextAttemptAt,
  ...row
}: DeliveryRow): z.input<typeof WebhookDelivery> => ({
  ...row,
  createdAt: createdAt.toISOString(),
  nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
})
