import type { ContainmentNumbers } from '../../../contracts/containment.ts'
import type { Locale } from '../../../contracts/primitives.ts'
import { formatShare } from '../../shared/format/index.ts'

/** A share with what it is of: a share of nothing is not 0 %. */
export interface Share {
  readonly part: number
  readonly of: number
}

/** The numbers side by side, each of the visits of which it is known. */
export const sharesOf = (numbers: ContainmentNumbers) =>
  ({
    withoutAgent: { part: numbers.withoutAgent, of: numbers.visits },
    done: { part: numbers.done, of: numbers.visits },
    containedDay: { part: numbers.containedDay, of: numbers.judgedDay },
    containedWeek: { part: numbers.containedWeek, of: numbers.judgedWeek },
  }) as const satisfies Record<string, Share>

export type ShareName = keyof ReturnType<typeof sharesOf>
export const SHARES = [
  'withoutAgent',
  'done',
  'containedDay',
  'containedWeek',
] as const satisfies readonly ShareName[]

/** Whole per cent, or a dash where nothing is known. */
export function sayShare({ part, of }: Share, locale: Locale): string {
  return of === 0 ? '—' : formatShare(part / of, locale)
}

const DAY_MS = 86_400_000

/** The last so many days up to today, by the operator's calendar. */
export function lastDays(count: number, now: number): { from: string; to: string } {
  const dayOf = (at: number) => new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Moscow' }).format(at)
  return { from: dayOf(now - (count - 1) * DAY_MS), to: dayOf(now) }
}
