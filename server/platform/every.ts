import { databaseProblem } from './database/index.ts'
import type { Log } from './telemetry/index.ts'

export interface Often {
  /** Milliseconds from one beginning to the next. */
  readonly ms: number
  /** The first time at once, rather than after `ms`. */
  readonly atOnce?: boolean
  readonly log: Pick<Log, 'error'>
  /** How the log names it. */
  readonly name: string
}

/**
 * Calls `work` again and again, never twice at a time; keeps no process alive. What it throws is logged, but not that the database is away,
 * which whoever watches it tells. Gives what stops it.
 */
export function every({ ms, atOnce = false, log, name }: Often, work: () => Promise<unknown>): () => void {
  let busy = false
  const once = () => {
    if (busy) return
    busy = true
    work()
      .catch((error: unknown) => {
        if (!databaseProblem(error)) log.error({ err: error }, name)
      })
      .finally(() => {
        busy = false
      })
  }
  if (atOnce) once()
  const timer = setInterval(once, ms)
  timer.unref()
  return () => clearInterval(timer)
}
