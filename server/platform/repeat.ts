import { setTimeout as pause } from 'node:timers/promises'
import { type RetryPolicy, retryDelay } from './outgoing/index.ts'

/** Work that is done again and again until it is stopped, such as a poll or a look at a subscription. */
export interface RepeatOptions {
  /** Gives up soon after `signal` is aborted. What goes on for long calls `well` when it has got on: failures before are over then. */
  readonly work: (signal: AbortSignal, well: () => void) => Promise<void>
  /** Rest after work that went well, in milliseconds. */
  readonly pauseMs: number
  /** Rest after work that failed: grows, with jitter. */
  readonly retry: RetryPolicy
  /** Hears of a failure and of how many came in a row; tells how long the other side asked to wait, in milliseconds. */
  readonly onFailure: (error: unknown, failures: number) => Promise<number | undefined>
}

/** Starts at once. Gives what stops it: resolves when nothing is under way any more. */
export function startRepeating({ work, pauseMs, retry, onFailure }: RepeatOptions): () => Promise<void> {
  const stopping = new AbortController()
  const { signal } = stopping
  let failures = 0
  const well = () => {
    failures = 0
  }

  const once = async (): Promise<number> => {
    try {
      await work(signal, well)
      well()
      return pauseMs
    } catch (error) {
      if (signal.aborted) return 0
      failures += 1
      // Telling may fail too (the database is away): rest all the same.
      const askedMs = await onFailure(error, failures).catch(() => undefined)
      return retryDelay(failures, retry, askedMs)
    }
  }
  const repeat = async () => {
    while (!signal.aborted) {
      const restMs = await once()
      if (restMs > 0) await pause(restMs, undefined, { signal }).catch(() => undefined)
    }
  }
  const ended = repeat()
  return async () => {
    stopping.abort()
    await ended
  }
}
