import { z } from 'zod'
import type { TrafficType } from '../../../contracts/amounts.ts'
import { BucketSource, Line, type Bucket as LineBucket, type LineSettings } from '../../../contracts/lines.ts'
import type { Aged } from '../../operator/edge/index.ts'
import { partOf } from '../core/ids.ts'
import { Bucket, UNLIMITED } from '../prepay-balance/schema.ts'
import { Product, SETTINGS, Settings } from '../product-inventory/schema.ts'
import { characteristicIn, kopecksOf } from './characteristics.ts'
import type { RemoteOfferings } from './offerings.ts'
import { identityOf, PRODUCT } from './read-identity.ts'
import type { RemoteClient } from './remote-client.ts'

export type LineRead = Omit<Line, 'asOf' | 'role'>
export type SettingsRead = Omit<LineSettings, 'asOf'>

export interface Asking {
  readonly client: RemoteClient
  readonly offerings: RemoteOfferings
  readonly now: () => Date
}

/** A line at a glance, put together from its product, its buckets and its tariff. */
export async function readRemoteLine(
  { client, offerings, now }: Asking,
  lineId: string,
): Promise<Aged<LineRead> | undefined> {
  const [product, buckets] = await Promise.all([
    client.read(`${PRODUCT}/${encodeURIComponent(lineId)}`, Product),
    client.list('prepayBalanceManagement/v4/bucket', { 'product.id': lineId, limit: '1000' }, Bucket),
  ])
  const identity = product && identityOf(product)
  if (!identity) return undefined
  const { productCharacteristic: told } = product
  const value = <S extends z.ZodType>(name: string, schema: S) => characteristicIn(told, name, schema)
  const next = value('nextTariff', z.string())
  const [tariff, nextTariff] = await Promise.all([
    offerings.find(product.productOffering.id),
    next === undefined ? null : offerings.find(next),
  ])
  const money = buckets.find(({ usageType }) => usageType === 'monetary')
  return {
    value: {
      id: identity.id,
      msisdn: identity.msisdn,
      state: identity.state,
      blockedFor: value('blockedFor', Line.shape.blockedFor) ?? null,
      region: value('region', z.string()) ?? '',
      timeZone: value('timeZone', z.string()) ?? 'UTC',
      tariff,
      nextTariff,
      balanceKopecks: kopecksOf(money?.remainingValue.amount ?? 0),
      heldKopecks: kopecksOf(money?.reservedValue?.amount ?? 0),
      buckets: buckets.flatMap(bucketOf),
      coming: value('coming', Line.shape.coming) ?? [],
      moneyEndsAt: value('moneyEndsAt', Line.shape.moneyEndsAt) ?? null,
      promised: value('promised', Line.shape.promised) ?? null,
      contentBanned: value('contentBanned', z.boolean()) ?? false,
    },
    asOf: ageOf(product, now()),
  }
}

/** How old a product is by its own word; else it is of now. */
export function ageOf({ productCharacteristic }: Product, now: Date): Date {
  const asOf = characteristicIn(productCharacteristic, 'asOf', z.iso.datetime())
  return asOf === undefined ? now : new Date(asOf)
}

function bucketOf(bucket: Bucket): LineBucket[] {
  const { usageType, id, name, description, remainingValue, remainingValueName, initialValue, validFor } =
    bucket
  if (usageType === 'monetary') return []
  const type: TrafficType = usageType
  const source = BucketSource.safeParse(description).data ?? 'bought'
  const left = Math.max(0, Math.round(remainingValue.amount))
  return [
    {
      id: partOf(id) ?? id,
      type,
      source,
      // In the one language that was asked for.
      title: name === source ? null : { ru: name, en: name },
      left,
      total: remainingValueName === UNLIMITED ? null : Math.round(initialValue?.amount ?? left),
      expiresAt: validFor?.endDateTime ?? null,
    },
  ]
}

/** What a person has set on a line, if the other side tells it. */
export async function readRemoteSettings(
  { client, now }: Asking,
  lineId: string,
): Promise<Aged<SettingsRead> | undefined> {
  const product = await client.read(`${PRODUCT}/${encodeURIComponent(lineId)}`, Product)
  const identity = product && identityOf(product)
  if (!identity) return undefined
  const settings = characteristicIn(product.productCharacteristic, SETTINGS, Settings)
  return settings && { value: settings, asOf: ageOf(product, now()) }
}
