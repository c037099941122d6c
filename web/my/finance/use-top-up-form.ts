import { useState } from 'preact/hooks'
import type { Line } from '../../../contracts/lines.ts'
import type { TopUpTerms } from '../../../contracts/payments.ts'
import { lackingFor } from '../data/cover.ts'
import { kopecksOf } from './amount-field.tsx'

const USUAL = [10_000, 30_000, 50_000, 100_000]
const BELOW_KOPECKS = 10_000
const MONTHS_OF_CHARGES = 3

export interface Intent {
  /** What goes on by itself is wanted, not a payment of once. */
  readonly isAutomatic: boolean
  /** What was begun before and came to nothing. */
  readonly againKopecks: number | undefined
}

/** How much is to be paid, and by what rule it goes on by itself; what is offered first, and what fits the terms. */
export function useTopUpForm(line: Line, terms: TopUpTerms, { isAutomatic, againKopecks }: Intent) {
  const most = Math.min(terms.maxKopecks, terms.leftTodayKopecks)
  const chips = chipsFor(line, againKopecks, { least: terms.minKopecks, most })
  // A few roubles are lacking now; what goes on by itself is a usual sum.
  const first = (isAutomatic && chips.find((kopecks) => kopecks >= BELOW_KOPECKS)) || chips[0] || 0
  const [roubles, setRoubles] = useState(String(first / 100))
  const [repeats, setRepeats] = useState(isAutomatic)
  /** As the person wrote it; until then what is usual, or the whole sum where that is less. */
  const [written, setBelow] = useState<string>()
  const amountKopecks = kopecksOf(roubles)
  const below = written ?? String(Math.min(BELOW_KOPECKS, amountKopecks) / 100)
  const belowKopecks = kopecksOf(below)
  return {
    most,
    chips,
    roubles,
    setRoubles,
    amountKopecks,
    fits: amountKopecks >= terms.minKopecks && amountKopecks <= most,
    repeats,
    setRepeats,
    below,
    setBelow,
    belowKopecks,
    monthlyMaxKopecks: amountKopecks * MONTHS_OF_CHARGES,
    ruleFits: !repeats || (belowKopecks > 0 && belowKopecks <= amountKopecks),
  }
}

/** What was wanted before and what is lacking for a month first, then usual amounts; those alone that may be paid. */
export function chipsFor(
  line: Pick<Line, 'balanceKopecks' | 'coming'>,
  again: number | undefined,
  { least, most }: { readonly least: number; readonly most: number },
): number[] {
  const lacking = lackingFor(line)
  const wanted = [...(again === undefined ? [] : [again]), ...(lacking > 0 ? [lacking] : []), ...USUAL]
  // A few kopecks are lacking: the least that may be paid covers them.
  const payable = wanted.map((kopecks) => Math.max(least, kopecks))
  return [...new Set(payable)].filter((kopecks) => kopecks <= most).slice(0, 4)
}
