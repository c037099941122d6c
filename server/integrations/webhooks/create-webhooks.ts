import type { integrations, WebhookEvent } from '../../../contracts/integrations.ts'
import type { Executor } from '../../platform/database/index.ts'
import type { Handlers } from '../../platform/http/index.ts'
import type { Loop } from '../../platform/loop.ts'
import type { DeliverDeps } from './deliver.ts'
import { type WebhookOperation, webhookHandlers } from './http.ts'
import { createListeners } from './listeners.ts'
import { createRegistrations, type Registrations } from './registrations.ts'
import { runDeliveries } from './run-deliveries.ts'
import type { OutsideEvent } from './wire.ts'

export interface WebhooksDeps extends DeliverDeps {
  /** Origins beyond the rules of the public internet that may be told. */
  readonly trustedOrigins: readonly string[]
}

/** The room, put together. */
export interface Webhooks {
  /** Does any active webhook want such events? As known within five seconds. */
  hears(event: WebhookEvent): boolean
  /** Leaves deliveries in the caller's transaction. Costs nothing when nobody listens. */
  tell(tx: Executor, events: readonly OutsideEvent[]): Promise<void>
  /** Receivers that register themselves at an API of others' making. */
  readonly registrations: Registrations
  readonly handlers: Pick<Handlers<typeof integrations>, WebhookOperation>
  /** Background work of a worker node. */
  startDelivering(): Loop
  stop(): void
}

export async function createWebhooks(deps: WebhooksDeps): Promise<Webhooks> {
  const listeners = await createListeners(deps.db, deps.clock, deps.onDefect)
  let loop: Loop | undefined
  const trusted = new Set(deps.trustedOrigins.map((address) => new URL(address).origin))
  const changed = async () => {
    await listeners.refresh()
    loop?.wake()
  }
  return {
    hears: listeners.hears,
    tell: listeners.tell,
    registrations: createRegistrations({
      db: deps.db,
      clock: deps.clock,
      vault: deps.vault,
      trusted,
      changed,
    }),
    handlers: webhookHandlers({ ...deps, trusted, changed }),
    startDelivering: () => {
      loop = runDeliveries(deps)
      return loop
    },
    stop: listeners.stop,
  }
}
