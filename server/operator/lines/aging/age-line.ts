import type { Draft } from '../draft/draft.ts'
import { countUsage } from '../usage/count-usage.ts'
import { nextDue } from './next-due.ts'

/**
 * Lets everything happen that falls due on a line until an instant (inclusive), each thing at its own instant, in the order of time.
 * @param maxSteps most things that happen now, so that a line that nobody looked at for a year does not hold others up
 * @returns false if the steps were used up before
 */
export function ageLine(draft: Draft, until: Date, maxSteps: number): boolean {
  for (let step = 0; step < maxSteps; step++) {
    const due = nextDue(draft.line)
    if (due === null || due.at > until) return true
    // What was used before it is paid by what there was then.
    countUsage(draft, due.at)
    due.happen(draft)
    draft.changes.touched = true
  }
  return false
}
