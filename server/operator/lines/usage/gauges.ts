import type { TrafficType } from '../../../../contracts/amounts.ts'
import type { Draft } from '../draft/draft.ts'
import type { LineState } from '../line-state.ts'
import { countriesOf } from './spend-packages.ts'

/** What all packages that pay for the same hold together; those without limit never end. */
interface Gauge {
  readonly type: TrafficType
  left: number
  total: number
  endless: boolean
}

/** By what the packages pay for: a type at home, or a type of a roaming pack. */
export function gaugesOf(line: LineState): Map<string, Gauge> {
  const gauges = new Map<string, Gauge>()
  for (const bucket of line.buckets) {
    if (bucket.ended) continue
    const { type, left, total, connectedId } = bucket
    const key = countriesOf(line, bucket) === null ? type : `${type} ${connectedId}`
    const gauge = gauges.get(key) ?? { type, left: 0, total: 0, endless: false }
    gauge.left += left
    gauge.total += total ?? 0
    gauge.endless ||= total === null
    gauges.set(key, gauge)
  }
  return gauges
}

const isNearlySpent = ({ left, total }: Gauge) => left * 5 <= total

/** Tells when four fifths of the packages are used up, and when all is. Each once: when it comes to be so. */
export function tellOfGauges(
  { line, unsettled: { notices } }: Draft,
  before: ReadonlyMap<string, Gauge>,
  at: Date,
): void {
  for (const [key, now] of gaugesOf(line)) {
    const was = before.get(key)
    if (was === undefined || was.left === 0 || now.endless) continue
    if (now.left === 0) notices.push({ at, notice: `${now.type}-spent`, facts: { total: now.total } })
    else if (isNearlySpent(now) && !isNearlySpent(was)) {
      notices.push({ at, notice: `${now.type}-nearly-spent`, facts: { left: now.left, total: now.total } })
    }
  }
}
