import { backoffMs } from './backoff.ts'
import type { Outbox, Unsent } from './outbox.ts'
import type { Outcome } from './outcome.ts'

export interface CourierDeps {
  readonly outbox: Outbox
  readonly post: (message: Unsent) => Promise<Outcome>
  /** Runs the work while no other tab runs its own. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>
  /** Waits before a repeat; ends early when the network comes back or the person asks. */
  readonly pause: (ms: number) => Promise<void>
  /** Waits as long as the server asked for; nothing ends it early. */
  readonly rest: (ms: number) => Promise<void>
  readonly onStored: (message: Unsent, seq: number | null) => void
  readonly onRefused: () => void
  /** Why the head of the outbox waits; null = it does not. */
  readonly onHold: (code: string | null) => void
}

/**
 * Carries the outbox to the server: one message in flight, in the order of writing. A message keeps its id through
 * every attempt, so a repeat after a lost answer is stored once; the next one leaves only when the one before it is
 * stored or refused. Two tabs may carry the same outbox without harm.
 * @returns a function to call whenever there may be something to send
 */
export const createCourier = (deps: CourierDeps): (() => Promise<void>) => {
  const { outbox } = deps
  let running: Promise<void> | undefined

  const attempt = async (message: Unsent): Promise<Outcome | undefined> =>
    deps.alone(async () => (outbox.has(message.id) ? deps.post(message) : undefined))

  const carry = async () => {
    let misses = 0
    for (let message = outbox.next(); message; message = outbox.next()) {
      const outcome = await attempt(message)
      if (!outcome) continue
      if (outcome.kind === 'later') {
        misses += 1
        deps.onHold(outcome.code)
        if (outcome.afterMs === undefined) await deps.pause(backoffMs(misses))
        else await deps.rest(outcome.afterMs)
        continue
      }
      misses = 0
      deps.onHold(null)
      if (outcome.kind === 'stored') {
        outbox.settle(message.id)
        deps.onStored(message, outcome.seq)
      } else {
        outbox.fail(message.id, outcome.code)
        deps.onRefused()
      }
    }
    deps.onHold(null)
  }

  const kick = (): Promise<void> => {
    running ??= carry().then(() => {
      running = undefined
      // Written in the very moment in which the carrying ended.
      return outbox.next() ? kick() : undefined
    })
    return running
  }
  return kick
}
