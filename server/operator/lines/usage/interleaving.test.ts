import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { UsageReport } from '../../../../contracts/usage.ts'
import { aLinesRoom, aRef, type LinesRoom } from '../../../../test/factories/lines.ts'
import { anOption, aTariff, aZone } from '../../../../test/factories/offerings.ts'
import { createTestDatabase, type TestDatabase } from '../../../../test/postgres/index.ts'
import { rows, sql } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { audit, systemAccount, type Unit } from '../../ledger/index.ts'
import {
  addBucket,
  advanceLines,
  changeTariff,
  connectOffering,
  creditMoney,
  debitMoney,
  disconnectOffering,
  endLine,
  type LinesContext,
  reportUsage,
  setLimit,
  settleUsage,
} from '../index.ts'

const MINUTE = 60_000
const LINES = 3
const rates = [
  { type: 'data', step: 1_000, kopecks: 10 },
  { type: 'voice', step: 60, kopecks: 150 },
  { type: 'sms', step: 1, kopecks: 250 },
] as const
const offerings = [
  aZone(),
  aTariff({
    feeKopecks: 8_000,
    packages: [
      { type: 'data', amount: 9_000 },
      { type: 'voice', amount: 700 },
    ],
    rates: [...rates],
  }),
  aTariff({
    code: 'thirty',
    period: '30-days',
    feeKopecks: 3_000,
    packages: [{ type: 'sms', amount: 5 }],
    carriesOver: false,
    rates: [...rates],
  }),
  anOption({ code: 'daily', charge: 'daily', feeKopecks: 300, packages: [{ type: 'data', amount: 3_000 }] }),
  anOption({
    code: 'abroad',
    category: 'roaming',
    charge: 'once',
    days: 3,
    feeKopecks: 500,
    countries: ['TR'],
    packages: [{ type: 'data', amount: 2_000 }],
  }),
]

const line = fc.nat(LINES - 1)
const records = fc.array(
  fc.record({
    name: fc.nat(60),
    type: fc.constantFrom('data', 'voice', 'sms'),
    direction: fc.constantFrom('out', 'in'),
    amount: fc.integer({ min: 1, max: 4_000 }),
    agoMinutes: fc.oneof(fc.integer({ min: -4, max: 70 }), fc.integer({ min: 0, max: 44_000 })),
    roaming: fc.constantFrom(null, null, 'TR', 'GE'),
  }),
  { minLength: 1, maxLength: 12 },
)
/** What may happen at the same time. */
const happenings = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('report'), line, records }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('settle', 'rate'), line }) },
  fc.record({ do: fc.constantFrom('connect', 'disconnect'), line, code: fc.constantFrom('daily', 'abroad') }),
  fc.record({ do: fc.constant('tariff'), line, code: fc.constantFrom('a-tariff', 'thirty') }),
  fc.record({
    do: fc.constantFrom('credit', 'debit', 'gift', 'limit'),
    line,
    amount: fc.integer({ min: 1, max: 5_000 }),
  }),
  { weight: 1, arbitrary: fc.record({ do: fc.constant('end'), line: fc.constant(0) }) },
)
type Happening = typeof happenings extends fc.Arbitrary<infer H> ? H : never

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase({ max: 12 })
})
afterAll(() => database.drop())

interface Scene {
  readonly room: LinesRoom
  /** Breaks off now and then after everything was written, as if the process had been killed. */
  readonly fragile: LinesContext
  readonly ids: readonly string[]
  readonly msisdns: readonly string[]
  /** Of this story: names are for ever. */
  readonly prefix: string
}

async function happen({ room, fragile, ids, msisdns, prefix }: Scene, what: Happening): Promise<void> {
  const { db } = database
  const act = { lineId: ids[what.line]!, ref: aRef() }
  const title = { ru: 'Проба', en: 'Try' }
  if ('records' in what) {
    const now = room.clock.now().getTime()
    const list = what.records.map(
      ({ name, agoMinutes, ...record }): UsageReport => ({
        ...record,
        name: `${prefix}-${name}`,
        msisdn: msisdns[what.line]!,
        at: new Date(now - agoMinutes * MINUTE).toISOString(),
        other: null,
      }),
    )
    await reportUsage(db, fragile, list)
  } else if ('code' in what) {
    await room.begun((tx): Promise<unknown> => {
      if (what.do === 'tariff') return changeTariff(tx, fragile, { ...act, code: what.code, when: 'now' })
      const change = { ...act, code: what.code }
      return what.do === 'connect'
        ? connectOffering(tx, fragile, change)
        : disconnectOffering(tx, fragile, change)
    })
  } else if ('amount' in what) {
    const { amount } = what
    await room.begun((tx): Promise<unknown> => {
      if (what.do === 'limit')
        return setLimit(tx, fragile, { ...act, limit: 'spend-month', amountKopecks: amount })
      if (what.do === 'gift') {
        const expiresAt = new Date(room.clock.now().getTime() + amount * MINUTE)
        return addBucket(tx, fragile, { ...act, type: 'data', amount, source: 'gift', expiresAt })
      }
      const money = { ...act, kopecks: amount, title, category: 'credit' } as const
      if (what.do === 'debit') return debitMoney(tx, fragile, { ...money, to: 'income:fee' })
      return creditMoney(tx, fragile, { ...money, from: 'payments:test' })
    })
  } else if (what.do === 'end') await room.begun((tx) => endLine(tx, fragile, act))
  else if (what.do === 'rate') await advanceLines(db, fragile, 2, () => undefined)
  else await settleUsage(db, fragile, 2, () => undefined)
}

/** Refusals are expected, and so is the killing; anything else is a defect. */
const expected = (error: unknown) =>
  error instanceof Refusal || (error instanceof Error && error.message === 'killed')

const UNITS: Readonly<Record<string, Unit>> = { data: 'bytes', voice: 'seconds', sms: 'pieces' }

async function requireSound(ids: readonly string[]): Promise<void> {
  const { db } = database
  const lineIds = [...ids]
  expect((await audit(db)).differences).toEqual([])
  const waiting = await rows(
    db,
    sql`select 1 from lines.usage where line_id = any(${lineIds}::uuid[]) and due_at is not null`,
  )
  expect(waiting).toEqual([])
  // What packages gave left them, no more and no less.
  for (const [type, unit] of Object.entries(UNITS)) {
    const unlike = await rows(
      db,
      sql`select l.id, given, taken from unnest(${lineIds}::uuid[]) as l (id)
          cross join lateral (select coalesce(sum(packaged), 0) as given from lines.usage where line_id = l.id and type = ${type}) u
          cross join lateral (select coalesce(sum(e.amount), 0) as taken from ledger.entry e join ledger.transfer t on t.id = e.transfer_id
            where e.account_id = ${systemAccount('used', unit)} and t.line_id = l.id) e
          where given <> taken`,
    )
    expect(unlike).toEqual([])
  }
  // What was charged stands on the bill, and the bill is the balance.
  const unpaid = await rows(
    db,
    sql`select l.id from unnest(${lineIds}::uuid[]) as l (id)
        where (select coalesce(sum(kopecks), 0) from lines.usage where line_id = l.id)
          <> (select coalesce(-sum(kopecks), 0) from lines.charge where line_id = l.id and category in ('usage', 'roaming'))`,
  )
  expect(unpaid).toEqual([])
  const unlike = await rows(
    db,
    sql`select l.id from lines.line l join ledger.account a on a.id = l.cash_id
        where l.id = any(${lineIds}::uuid[])
          and a.balance <> (select coalesce(sum(kopecks), 0) from lines.charge c where c.line_id = l.id)`,
  )
  expect(unlike).toEqual([])
  const below = await rows(
    db,
    sql`select id from ledger.account where owner_id = any(${lineIds}::uuid[]) and balance < 0`,
  )
  expect(below).toEqual([])
  const twice = await rows(
    db,
    sql`select t.line_id, e.account_id, date_trunc('hour', t.at) from ledger.transfer t join ledger.entry e on e.transfer_id = t.id
        where t.line_id = any(${lineIds}::uuid[]) and t.kind = 'usage' group by 1, 2, 3 having count(*) > 1`,
  )
  expect(twice).toEqual([])
}

/** What somebody who looks at a line is told that it has. */
const seen = async ({ room }: Scene, lineId: string) => {
  const { cash, buckets, spent } = await room.see(lineId)
  return {
    balance: cash.balance,
    spent: spent.kopecks,
    left: buckets.map(({ type, source, left }) => `${source} ${type} ${left}`).sort(),
  }
}

test('reports, replays, settlements, periods and acts in any order, at the same time, and broken off anywhere, conserve every unit', async () => {
  const room = await aLinesRoom(database, offerings)
  const { clock } = room
  let every = 0
  let told = 0
  const announce: LinesContext['announce'] = async () => {
    if (every > 0 && ++told % every === 0) throw new Error('killed')
  }
  const fragile = { ...room.lines, announce }
  const days = fc.array(
    fc.record({
      minutes: fc.oneof(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 60, max: 45_000 })),
      at: fc.array(happenings, { maxLength: 16 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  await fc.assert(
    fc.asyncProperty(days, fc.integer({ min: 3, max: 9 }), async (story, breakEvery) => {
      const ids = await Promise.all(
        [9_000, 30_000, 200_000].map((kopecks) => room.aLine({ kopecks, timeZone: 'Europe/Berlin' })),
      )
      const msisdns = await Promise.all(ids.map(async (id) => (await room.see(id)).msisdn))
      const scene: Scene = { room, fragile, ids, msisdns, prefix: aRef() }
      every = breakEvery
      for (const { minutes, at } of story) {
        clock.advance(minutes * MINUTE)
        const done = await Promise.allSettled(at.map((what) => happen(scene, what)))
        const defects = done.flatMap((one) =>
          one.status === 'rejected' && !expected(one.reason) ? [one.reason] : [],
        )
        expect(defects).toEqual([])
      }
      every = 0
      clock.advance(65 * MINUTE)
      const before = await Promise.all(ids.map((id) => seen(scene, id)))
      for (let n = 0; n < 9; n++)
        await settleUsage(database.db, room.lines, 10, (error) => expect(error).toBeUndefined())
      // Settling changes nothing of what was told before it.
      expect(await Promise.all(ids.map((id) => seen(scene, id)))).toEqual(before)
      await room.rate()
      await requireSound(ids)
    }),
    { numRuns: 60 },
  )
}, 180_000)
