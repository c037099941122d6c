import type { TrafficType } from '../../../contracts/amounts.ts'
import type { Bucket as LineBucket } from '../../../contracts/lines.ts'
import type { LineIdentity, OperatorEdge } from '../../operator/edge/index.ts'
import { refsOfLine } from '../core/around-line.ts'
import { type Call, hrefOf, wordsFor } from '../core/call.ts'
import { moneyOf, UNITS } from '../core/common.ts'
import { partId } from '../core/ids.ts'
import { type AccumulatedBalance, type Bucket, MONEY, UNLIMITED } from './schema.ts'

export type LineRead = NonNullable<Awaited<ReturnType<OperatorEdge['readLine']>>>

const API = 'prepayBalanceManagement'

/** What a line has: its money first, then its packages in the order of spending. */
export function mapBuckets(call: Call, identity: LineIdentity, { value, asOf }: LineRead): Bucket[] {
  const { balanceKopecks, buckets, heldKopecks, state } = value
  const status =
    state === 'active'
      ? ('active' as const)
      : state === 'ended'
        ? ('expired' as const)
        : ('suspended' as const)
  const base = (part: string) => ({
    ...whose(call, identity),
    id: partId(identity.id, part),
    href: hrefOf(call, API, 'bucket', partId(identity.id, part)),
    isShared: false,
    status,
    logicalResource: [refsOfLine(call, identity).number],
  })
  const money: Bucket = {
    ...base(MONEY),
    '@type': 'Bucket',
    name: MONEY,
    description: MONEY,
    usageType: 'monetary',
    remainingValue: amountOfMoney(balanceKopecks),
    remainingValueName: String(balanceKopecks / 100),
    reservedValue: amountOfMoney(heldKopecks),
    validFor: { startDateTime: asOf.toISOString() },
  }
  return [money, ...buckets.map((one) => ({ ...base(one.id), ...mapTraffic(call, one) }))]
}

function mapTraffic(call: Call, { type, source, title, left, total, expiresAt }: LineBucket) {
  const units = UNITS[type]
  return {
    '@type': 'PackageBucket',
    '@baseType': 'Bucket',
    name: title === null ? source : wordsFor(call, title),
    description: source,
    usageType: type,
    remainingValue: { amount: left, units },
    remainingValueName: total === null ? UNLIMITED : `${left} / ${total}`,
    ...(total !== null && { initialValue: { amount: total, units } }),
    ...(expiresAt !== null && { validFor: { endDateTime: expiresAt } }),
  }
}

/** What a line has of each kind, put together. */
export function mapBalances(call: Call, identity: LineIdentity, read: LineRead): AccumulatedBalance[] {
  const { balanceKopecks, buckets } = read.value
  const types = [...new Set(buckets.map(({ type }) => type))]
  const balance = (
    part: string,
    totalBalance: AccumulatedBalance['totalBalance'],
    ids: readonly string[],
  ) => ({
    ...whose(call, identity),
    id: partId(identity.id, part),
    href: hrefOf(call, API, 'accumulatedBalance', partId(identity.id, part)),
    '@type': 'AccumulatedBalance',
    name: part,
    description: part,
    logicalResource: refsOfLine(call, identity).number,
    bucket: ids.map((id) => ({
      id: partId(identity.id, id),
      href: hrefOf(call, API, 'bucket', partId(identity.id, id)),
      '@referredType': 'Bucket',
    })),
    totalBalance,
  })
  return [
    balance(MONEY, amountOfMoney(balanceKopecks), [MONEY]),
    ...types.map((type) =>
      balance(
        type,
        leftOf(buckets, type),
        buckets.filter((one) => one.type === type).map(({ id }) => id),
      ),
    ),
  ]
}

function leftOf(buckets: readonly LineBucket[], type: TrafficType) {
  const left = buckets.filter((one) => one.type === type).reduce((sum, one) => sum + one.left, 0)
  return { amount: left, units: UNITS[type] }
}

function whose(call: Call, identity: LineIdentity) {
  const { account, product, people } = refsOfLine(call, identity)
  return { partyAccount: account, product: [product], relatedParty: people }
}

function amountOfMoney(kopecks: number) {
  const { value, unit } = moneyOf(kopecks)
  return { amount: value, units: unit }
}
