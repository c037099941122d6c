import { setTimeout as pause } from 'node:timers/promises'

/**
 * A worker that empties a queue kept in a table: works while there is something, rests while there is not, looks at once
 * when woken. One at a time in a process; several nodes share the queue by `for update skip locked`.
 */
export interface Loop {
  /** There may be something to do: look now rather than at the next poll. */
  wake(): void
  /** Works until the queue is empty; for orderly stops and tests. Rejects with what the work threw. */
  drain(): Promise<void>
  /** Finishes what is under way and ends. */
  stop(): Promise<void>
}

export interface LoopOptions {
  /** Does one piece of work. Gives how much it did: 0 = nothing waits. */
  readonly work: () => Promise<number>
  /** How often to look when nobody wakes it, in milliseconds. */
  readonly pollMs: number
  readonly onError: (error: unknown) => void
  /** Pause between two pieces of work, in milliseconds: in a flood what comes meanwhile is done together. Default none; none when drained. */
  readonly restMs?: number | (() => number)
}

export function startLoop({ work, pollMs, onError, restMs = 0 }: LoopOptions): Loop {
  let stopped = false
  const stopping = new AbortController()
  let woken = false
  let running: Promise<void> | undefined

  const rest = async () => {
    const ms = typeof restMs === 'function' ? restMs() : restMs
    if (ms > 0) await pause(ms, undefined, { signal: stopping.signal }).catch(() => undefined)
  }
  const empty = async () => {
    do {
      woken = false
      while (!stopped && (await work()) > 0) {
        await rest()
      }
    } while (woken && !stopped)
  }
  const wake = () => {
    woken = true
    if (stopped || running) return
    running = empty()
      .catch(onError)
      .finally(() => {
        running = undefined
      })
  }
  const timer = setInterval(wake, pollMs)
  wake()
  return {
    wake,
    drain: async () => {
      // What a claim under way holds is invisible to the next.
      await running
      while ((await work()) > 0) {
        // More may wait.
      }
    },
    stop: async () => {
      stopped = true
      stopping.abort()
      clearInterval(timer)
      await running
    },
  }
}
