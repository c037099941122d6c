import { nextDue } from '../aging/next-due.ts'
import type { LineState } from '../line-state.ts'

const QUARTER_MS = 15 * 60_000
/** Nothing that was made of a line is believed for longer: what nobody thought of is put right within a day. */
const MOST_MS = 86_400_000

export interface Seen {
  readonly now: Date
  /** When charges come near that are not told yet. */
  readonly foreseenUntil: Date | null
  /** Whether something was used that is not settled yet. */
  readonly waits: boolean
}

/**
 * Until when what is told of a line stays right if nothing but time happens to it. Not after `now`: it changes all the time.
 * @param line as it is now
 */
export function holdsUntil(line: LineState, { now, foreseenUntil, waits }: Seen): Date {
  const times = [
    now.getTime() + MOST_MS,
    timeOf(nextDue(line)?.at),
    timeOf(foreseenUntil),
    // The clock of the network is ahead of ours: it has not happened yet.
    ...line.usage.map(({ at }) => at.getTime()),
    // A day or a month begins against whose limit it counts, in whatever time zone.
    waits ? (Math.floor(now.getTime() / QUARTER_MS) + 1) * QUARTER_MS : Number.POSITIVE_INFINITY,
  ]
  return new Date(Math.min(...times))
}

const timeOf = (at: Date | null | undefined): number => at?.getTime() ?? Number.POSITIVE_INFINITY
