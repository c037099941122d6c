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

const DAY_MS = 86_400_000

/** The fee of the tariff that is due within a day, with what is missing for it and for what is charged before; null: nothing is. */
export function feeNear({ balanceKopecks, coming }: Money, now: Date) {
  const place = coming.findIndex((one) => one.for === 'tariff')
  const fee = coming[place]
  if (!fee || Date.parse(fee.at) - now.getTime() > DAY_MS) return null
  const wanted = coming.slice(0, place + 1).reduce((sum, { kopecks }) => sum + kopecks, 0)
  const missingKopecks = wanted - balanceKopecks
  return missingKopecks > 0 ? { at: fee.at, kopecks: fee.kopecks, missingKopecks } : null
}

const STEP = 1_000

/** What is lacking for all coming charges, rounded up to ten roubles; 0: nothing. */
export function lackingFor({ balanceKopecks, coming }: Money): number {
  const wanted = coming.reduce((sum, { kopecks }) => sum + kopecks, 0)
  return Math.max(0, Math.ceil((wanted - balanceKopecks) / STEP) * STEP)
}
