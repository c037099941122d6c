import { z } from 'zod'
import type { ChargeCategory, ChargeItem, ChargeSummary } from '../../../contracts/lines.ts'
import type { Aged, Page, PageAsk } from '../../operator/edge/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import { AppliedCustomerBillingRate } from '../customer-bill/schema.ts'
import { characteristicIn, kopecksOf } from './characteristics.ts'
import type { Asking } from './read-line.ts'

const RATE = 'customerBillManagement/v4/appliedCustomerBillingRate'
/** More than a line moves in a month. */
const MOST = 1_000

export interface ChargesAsk extends PageAsk {
  readonly month?: string | undefined
  readonly category?: ChargeCategory | undefined
}

/** Movements of a line's money, newest first. The cursor is how many were told: the other side pages by offset. */
export async function listRemoteCharges(
  { client }: Asking,
  lineId: string,
  { after, limit, month, category }: ChargesAsk,
): Promise<Page<ChargeItem>> {
  const offset = after === undefined ? 0 : Number(after)
  if (!Number.isInteger(offset) || offset < 0 || offset > MOST)
    throw new Refusal('invalid_request', { in: 'after' })
  const whose = month === undefined ? { 'billingAccount.id': lineId } : { 'bill.id': `${lineId}.${month}` }
  const query = {
    ...whose,
    ...(category && { type: category }),
    offset: String(offset),
    limit: String(limit + 1),
  }
  const rates = await client.list(RATE, query, AppliedCustomerBillingRate)
  const goesOn = rates.length > limit && offset + limit <= MOST
  return { items: rates.slice(0, limit).map(chargeOf), next: goesOn ? String(offset + limit) : null }
}

function chargeOf(rate: AppliedCustomerBillingRate): ChargeItem {
  return {
    id: rate.id.split('.').at(-1) ?? rate.id,
    at: rate.date,
    category: rate.type,
    // `+ 0`: what is nothing is not less than nothing.
    kopecks: -kopecksOf(rate.taxIncludedAmount.value) + 0,
    title: { ru: rate.name, en: rate.name },
    code: characteristicIn(rate.characteristic, 'code', z.string()) ?? null,
  }
}

/** Where the money of a month went, added up here: a bill tells only the whole. */
export async function summariseRemoteCharges(
  { client, now }: Asking,
  lineId: string,
  month: string,
): Promise<Aged<Omit<ChargeSummary, 'asOf'>>> {
  const query = { 'bill.id': `${lineId}.${month}`, limit: String(MOST) }
  const charges = (await client.list(RATE, query, AppliedCustomerBillingRate)).map(chargeOf)
  const sum = (some: readonly ChargeItem[]) => some.reduce((total, { kopecks }) => total + kopecks, 0)
  const spent = charges.filter(({ kopecks }) => kopecks < 0)
  return {
    value: {
      month,
      spentKopecks: -sum(spent) + 0,
      receivedKopecks: sum(charges.filter(({ kopecks }) => kopecks > 0)),
      byCategory: grouped(charges, ({ category }) => category).map(([category, some]) => ({
        category,
        kopecks: sum(some),
        count: some.length,
      })),
      byDay: grouped(spent, ({ at }) => at.slice(0, 10)).map(([day, some]) => ({ day, kopecks: sum(some) })),
    },
    asOf: now(),
  }
}

function grouped<K extends string>(
  charges: readonly ChargeItem[],
  keyOf: (one: ChargeItem) => K,
): [K, ChargeItem[]][] {
  const groups = new Map<K, ChargeItem[]>()
  for (const charge of charges) groups.set(keyOf(charge), [...(groups.get(keyOf(charge)) ?? []), charge])
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1))
}
