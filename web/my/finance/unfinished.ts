import type { TopUp, TopUpState } from '../../../contracts/payments.ts'

const OPEN: readonly TopUpState[] = ['created', 'waiting', 'unknown']

/** It has not come to an end: it may still be paid, or somebody finds out. */
export const isUnfinished = ({ state }: Pick<TopUp, 'state'>): boolean => OPEN.includes(state)

const DAY_MS = 24 * 3_600_000
const TOLD_FOR_MS = 3 * DAY_MS

/** One that has not brought the money. */
export type Unfinished = TopUp & { readonly state: Exclude<TopUpState, 'succeeded'> }

/**
 * What a person began and has not got: what can still be gone on with, and the last one if it came to nothing in the last days. What is
 * charged by itself goes on by itself. Newest first, as they are given.
 */
export function toldTopUps(topUps: readonly TopUp[], now: number): Unfinished[] {
  return topUps.filter((topUp, place): topUp is Unfinished => {
    if (topUp.automatic || topUp.state === 'succeeded') return false
    return isUnfinished(topUp) || (place === 0 && now - Date.parse(topUp.startedAt) < TOLD_FOR_MS)
  })
}
