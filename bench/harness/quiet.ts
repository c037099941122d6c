import { setTimeout as pause } from 'node:timers/promises'
import { say } from './begin.ts'
import { foreignSeconds } from './process-usage.ts'

/** Cores that others may use while we call the machine quiet. */
const QUIET = 0.1
const LOOK_MS = 400
const BUDGET_MS = 1000 * Number(process.env.QUIET_BUDGET ?? 60)

/**
 * A benchmark on a shared machine waits until the others are silent, as long as its budget lasts (`QUIET_BUDGET`
 * seconds), and says what they used while it measured: operations a second depend on the neighbours, CPU an operation hardly does.
 */
export interface Quiet {
  /** Runs the work at a quiet moment. `foreign` is the number of cores that others used meanwhile. */
  during<T>(work: () => Promise<T>): Promise<T & { foreign: number }>
}

export function createQuiet(): Quiet {
  const ours = new Set([process.pid])
  let budgetMs = BUDGET_MS

  const used = (before: ReadonlyMap<number, number>) => {
    let seconds = 0
    for (const [pid, cpu] of foreignSeconds(ours)) seconds += cpu - (before.get(pid) ?? 0)
    return seconds
  }
  const coresDuring = async (ms: number) => {
    const before = foreignSeconds(ours)
    await pause(ms)
    return used(before) / (ms / 1000)
  }

  return {
    during: async (work) => {
      const since = performance.now()
      while (budgetMs > performance.now() - since && (await coresDuring(LOOK_MS)) > QUIET)
        await pause(LOOK_MS)
      const waited = performance.now() - since
      budgetMs -= waited
      if (waited > 5_000) say(`waited ${Math.round(waited / 1000)} s for a quiet machine`)
      const before = foreignSeconds(ours)
      const from = performance.now()
      const done = await work()
      return { ...done, foreign: used(before) / ((performance.now() - from) / 1000) }
    },
  }
}
