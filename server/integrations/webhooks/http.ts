import type { z } from 'zod'
import type { integrations, Webhook, WebhookDelivery } from '../../../contracts/integrations.ts'
import { recordChange } from '../../care/audit/index.ts'
import { afterCommit, inTransaction } from '../../platform/database/index.ts'
import type { Handlers } from '../../platform/http/index.ts'
import { idCursor, pageOf, readIdCursor } from '../../platform/pages.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import {
  type DeliveryRow,
  deleteWebhook,
  renewDelivery,
  selectDeliveries,
  selectWebhooks,
  type WebhookRow,
} from './store.ts'
import { changeWebhook, createWebhook, giveUpAt, type WritingDeps } from './write-webhook.ts'

export type WebhookOperation =
  | 'listWebhooks'
  | 'createWebhook'
  | 'changeWebhook'
  | 'deleteWebhook'
  | 'listWebhookDeliveries'
  | 'redeliverWebhook'

interface HandlerDeps extends WritingDeps {
  /** Something was committed that listeners and deliveries should know at once. */
  readonly changed: () => Promise<void>
  readonly onDefect: (error: unknown) => void
}

/** The webhooks' part of the `integrations` contract. */
export function webhookHandlers(deps: HandlerDeps): Pick<Handlers<typeof integrations>, WebhookOperation> {
  const { clock, changed, onDefect } = deps
  return {
    listWebhooks: async ({ db }) => (await selectWebhooks(db)).map(shown),

    createWebhook: async ({ db, actor, body }) => {
      const { row, secret } = await createWebhook(db, deps, actor, body)
      afterCommit(db, () => void changed().catch(onDefect))
      return { webhook: shown(row), secret }
    },

    changeWebhook: async ({ db, actor, params, body }) => {
      const row = await changeWebhook(db, deps, actor, params.id, body)
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
      const after = readIdCursor(query.after)
      found(
        (await selectWebhooks(db)).find((one) => one.id === params.id),
        'webhook',
      )
      const page = await selectDeliveries(db, params.id, after, query.limit + 1)
      const { items, next } = pageOf(page, query.limit, idCursor)
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
