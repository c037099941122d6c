import type { Timing } from '../core/timing.ts'
import { refusals } from './errors.ts'
import type { TelegramState } from './state.ts'
import type { TgEvent, TgUpdate } from './wire.ts'

/** Updates wait a day for somebody to take them. */
const keptMs = 24 * 60 * 60 * 1000
/** Kinds that are sent only to who asks for them by name. */
const onlyIfAsked = new Set(['chat_member', 'message_reaction', 'message_reaction_count'])

export interface TelegramUpdates {
  publish(event: TgEvent, chatId: number): void
  /** Runs when something new is pending; the webhook's sender sets it. */
  onPending(listener: () => void): void
  /** Long poll. Raises 409 in the earlier of two polls. */
  poll(offset: number | undefined, limit: number, timeoutMs: number, gone: AbortSignal): Promise<TgUpdate[]>
}

export function createTelegramUpdates(state: TelegramState, timing: Timing): TelegramUpdates {
  let listener = (): void => undefined
  /** The poll that waits now; a second one ends it. */
  let waiting: { wake(): void; supersede(): void } | undefined

  const confirm = (offset: number | undefined): void => {
    const oldest = timing.now() - keptMs
    state.pending = state.pending.filter((one) => one.at >= oldest)
    if (offset === undefined || offset === 0) return
    // A negative offset counts from the end and forgets what is before.
    state.pending =
      offset < 0 ? state.pending.slice(offset) : state.pending.filter((one) => one.update.update_id >= offset)
  }

  const waitForNew = (timeoutMs: number, gone: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const end = (settle: () => void) => (): void => {
        clearTimeout(timer)
        gone.removeEventListener('abort', wake)
        if (waiting === mine) waiting = undefined
        settle()
      }
      const wake = end(resolve)
      const timer = setTimeout(wake, timeoutMs)
      const mine = { wake, supersede: end(() => reject(refusals.otherPoll())) }
      gone.addEventListener('abort', wake)
      waiting = mine
    })

  return {
    publish: (event, chatId) => {
      const kind = Object.keys(event)[0] ?? ''
      const wanted = state.allowedUpdates ? state.allowedUpdates.has(kind) : !onlyIfAsked.has(kind)
      if (!wanted) return
      state.lastUpdateId += 1
      const update: TgUpdate = { update_id: state.lastUpdateId, ...event }
      state.log.push(update)
      state.pending.push({ update, chatId, at: timing.now() })
      waiting?.wake()
      listener()
    },
    onPending: (set) => {
      listener = set
    },
    poll: async (offset, limit, timeoutMs, gone) => {
      if (state.webhook) throw refusals.webhookActive()
      waiting?.supersede()
      confirm(offset)
      if (state.pending.length === 0 && timeoutMs > 0) await waitForNew(timeoutMs, gone)
      return state.pending.slice(0, limit).map((one) => one.update)
    },
  }
}
