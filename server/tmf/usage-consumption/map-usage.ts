import type { Bucket } from '../../../contracts/lines.ts'
import type { LineIdentity, OperatorEdge } from '../../operator/edge/index.ts'
import { refsOfLine } from '../core/around-line.ts'
import { type Call, hrefOf, wordsFor } from '../core/call.ts'
import { UNITS } from '../core/common.ts'
import { partId } from '../core/ids.ts'
import type { QueryUsageConsumption, UsageConsumptionReport } from './schema.ts'

export type LineRead = NonNullable<Awaited<ReturnType<OperatorEdge['readLine']>>>

const NAME = 'usage'

/** What has been used of a line's packages and what is left, as the report of 4.0.0. */
export function mapReport(call: Call, line: LineIdentity, { value, asOf }: LineRead): UsageConsumptionReport {
  const { people, product } = refsOfLine(call, line)
  const [owner] = people
  return {
    id: line.id,
    href: hrefOf(call, 'usageConsumption', 'usageConsumptionReport', line.id),
    '@type': 'UsageConsumptionReport',
    name: NAME,
    description: NAME,
    effectiveDate: asOf.toISOString(),
    ...(owner && { relatedParty: owner }),
    bucket: value.buckets.map((bucket) => ({
      ...bucketOf(call, line, bucket),
      bucketBalance: [balanceOf(bucket)],
      product: [{ id: product.id, href: product.href, name: product.name, publicIdentifier: product.name }],
    })),
  }
}

/** The same as the answer to a query of 4.0.1. */
export function mapQuery(call: Call, line: LineIdentity, { value, asOf }: LineRead): QueryUsageConsumption {
  const { number, people, product } = refsOfLine(call, line)
  const href = hrefOf(call, 'usageConsumption', 'queryUsageConsumption', line.id)
  return {
    id: line.id,
    href,
    '@type': 'QueryUsageConsumption',
    queryUsageConsumptionDate: asOf.toISOString(),
    searchCriteria: { logicalResource: [number] },
    usageConsumption: [
      {
        id: line.id,
        href,
        '@type': 'UsageConsumption',
        name: NAME,
        lastUpdate: asOf.toISOString(),
        state: 'done',
        logicalResource: [number],
        product: [product],
        relatedParty: people,
        bucketRefOrValue: value.buckets.map((bucket) => ({
          ...bucketOf(call, line, bucket),
          href: hrefOf(call, 'prepayBalanceManagement', 'bucket', partId(line.id, bucket.id)),
          description: bucket.source,
          ...balanceOf(bucket),
        })),
      },
    ],
  }
}

const bucketOf = (call: Call, line: LineIdentity, bucket: Bucket) => ({
  id: partId(line.id, bucket.id),
  name: bucket.title === null ? bucket.source : wordsFor(call, bucket.title),
  isShared: false,
  usageType: bucket.type,
  bucketCounter: countersOf(bucket),
})

/** Without limit nothing is counted down: what was used is not known by the package. */
function countersOf({ left, total, type }: Bucket) {
  if (total === null) return []
  const units = UNITS[type]
  return [
    { counterType: 'used' as const, level: 'global' as const, value: { amount: total - left, units } },
    { counterType: 'initial' as const, level: 'global' as const, value: { amount: total, units } },
  ]
}

const balanceOf = ({ left, total, type, expiresAt }: Bucket) => ({
  remainingValue: { amount: left, units: UNITS[type] },
  remainingValueName: total === null ? 'unlimited' : `${left} / ${total}`,
  validFor: expiresAt === null ? {} : { endDateTime: expiresAt },
})
