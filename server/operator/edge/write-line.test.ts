import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Line } from '../../../contracts/lines.ts'
import { anOption, aTariff } from '../../../test/factories/offerings.ts'
import { writeLine } from './write-line.ts'

const id = fc.uuid({ version: 7 })
const instant = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((at) => at.toISOString())
const words = fc.string({ unit: 'grapheme', maxLength: 20 })
const title = fc.record({ ru: words, en: words })
const kopecks = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 })
const volume = fc.nat(2 ** 40)
const nullable = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null })
const offering = fc.record({ id, terms: fc.constantFrom(aTariff(), anOption()) })

const line = fc.record({
  id,
  msisdn: words,
  state: fc.constantFrom('active' as const, 'suspended', 'blocked', 'ended'),
  blockedFor: nullable(fc.constantFrom('voluntary' as const, 'lost', 'operator')),
  region: words,
  timeZone: words,
  tariff: offering,
  nextTariff: nullable(offering),
  balanceKopecks: kopecks,
  heldKopecks: kopecks,
  buckets: fc.array(
    fc.record({
      id,
      type: fc.constantFrom('data' as const, 'voice', 'sms'),
      source: fc.constantFrom('tariff' as const, 'carried-over', 'bought', 'gift', 'option'),
      title: nullable(title),
      left: volume,
      total: nullable(volume),
      expiresAt: nullable(instant),
    }),
    { maxLength: 4 },
  ),
  coming: fc.array(
    fc.record({
      at: instant,
      kopecks,
      for: fc.constantFrom('tariff' as const, 'option', 'content', 'promised-payment'),
      code: words,
      title,
    }),
    { maxLength: 4 },
  ),
  moneyEndsAt: nullable(instant),
  promised: nullable(fc.record({ kopecks, feeKopecks: kopecks, dueAt: instant })),
  contentBanned: fc.boolean(),
})

test('a line is written as its contract has it, whatever stands in it', () => {
  fc.assert(
    fc.property(line, instant, (seen, at) => {
      const { json } = writeLine({ ...seen, ...{ at, secret: 'word' } })
      const { role: _, asOf: __, ...rest } = Line.parse({ ...seen, role: null, asOf: at })
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(rest)))
    }),
  )
})
