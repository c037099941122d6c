import type { MaxState } from './state.ts'
import type { MaxWebhook } from './webhook.ts'
import type { MaxUpdate } from './wire.ts'

/** Hands what happened to the bot: by webhook if it has subscribed, else to whoever polls. */
export interface MaxUpdates {
  publish(update: MaxUpdate, chatId: number): void
  /** Waits until there is an update at or after `from`, or the time is up, or the caller is gone. */
  waitFor(from: number, timeoutMs: number, gone: AbortSignal): Promise<void>
  /** Position from which a poll without marker reads: only the last update that nobody has read. */
  unmarked(): number
  read(from: number, limit: number, types: Set<string> | undefined): { updates: MaxUpdate[]; marker: number }
}

export function createMaxUpdates(state: MaxState, webhook: MaxWebhook): MaxUpdates {
  const waiting = new Set<() => void>()
  let readTo = 0
  return {
    publish: (update, chatId) => {
      state.updates.push({ update, chatId })
      webhook.deliver(update, chatId)
      // What a webhook has taken is not offered to a poll that follows.
      if (webhook.list().length > 0) readTo = state.updates.length
      for (const wake of [...waiting]) wake()
    },
    waitFor: (from, timeoutMs, gone) =>
      new Promise((resolve) => {
        if (state.updates.length > from || timeoutMs === 0 || gone.aborted) return resolve()
        const done = (): void => {
          clearTimeout(timer)
          waiting.delete(done)
          gone.removeEventListener('abort', done)
          resolve()
        }
        const timer = setTimeout(done, timeoutMs)
        waiting.add(done)
        gone.addEventListener('abort', done)
      }),
    unmarked: () => Math.max(readTo, state.updates.length - 1),
    read: (from, limit, types) => {
      const slice = state.updates.slice(from, from + limit)
      const marker = from + slice.length
      readTo = Math.max(readTo, marker)
      const updates = slice.map((one) => one.update).filter((one) => !types || types.has(one.update_type))
      return { updates, marker }
    },
  }
}
