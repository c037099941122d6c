import type { Line } from '../../../contracts/lines.ts'

type Money = Pick<Line, 'balanceKopecks' | 'coming'>

/** When the money runs out with so much more of it: the first coming charge that is not covered; null: all of them are. */
export function endsAt({ balanceKopecks, coming }: Money, moreKopecks: number): string | null {
  let left = balanceKopecks + moreKopecks
  for (const { at, kopecks } of coming) {
    left -= kopecks
    if (left < 0) return at
  }
  return null
}

const STEP = 1_000

/** What is lacking for all coming charges, rounded up to ten roubles; 0: nothing. */
export function lackingFor({ balanceKopecks, coming }: Money): number {
  const wanted = coming.reduce((sum, { kopecks }) => sum + kopecks, 0)
  return Math.max(0, Math.ceil((wanted - balanceKopecks) / STEP) * STEP)
}
