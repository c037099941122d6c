import { z } from 'zod'

/** An instant, as everywhere in these APIs. */
export const DateTime = z.string()
export const TimePeriod = z.object({ startDateTime: DateTime.optional(), endDateTime: DateTime.optional() })
export const Money = z.object({ unit: z.string(), value: z.number() })
export type Money = z.infer<typeof Money>
export const Quantity = z.object({ amount: z.number(), units: z.string() })
export const Ref = z.object({
  id: z.string(),
  href: z.string(),
  name: z.string().optional(),
  '@referredType': z.string(),
})
export const RelatedParty = z.object({
  id: z.string(),
  href: z.string(),
  name: z.string(),
  role: z.string(),
  '@referredType': z.string(),
})
export const Characteristic = z.object({ name: z.string(), valueType: z.string(), value: z.unknown() })
export type Characteristic = z.infer<typeof Characteristic>

/** What every thing has. */
export const common = { id: z.string(), href: z.string(), '@type': z.string() }

/** Units of traffic, as these APIs write them. */
export const UNITS = { data: 'byte', voice: 'second', sms: 'piece' } as const

const CURRENCY = 'RUB'

/** Kopecks as these APIs write money: roubles. */
export const moneyOf = (kopecks: number): Money => ({ unit: CURRENCY, value: kopecks / 100 })

/** Kopecks of what these APIs write in roubles; undefined: another currency, or less than a kopeck of something. */
export function kopecksOfMoney({ unit, value }: Money): number | undefined {
  const kopecks = Math.round(value * 100)
  return unit === CURRENCY && Math.abs(value * 100 - kopecks) < 1e-4 ? kopecks : undefined
}

/** A characteristic; without a value there is none. */
export function characteristic(name: string, value: unknown): Characteristic[] {
  if (value === null || value === undefined) return []
  return [{ name, valueType: typeof value, value }]
}
