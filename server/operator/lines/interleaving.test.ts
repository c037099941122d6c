import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aLinesRoom, aRef, type LinesRoom } from '../../../test/factories/lines.ts'
import { aContent, aDiscount, anOption, aTariff } from '../../../test/factories/offerings.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import type { Executor } from '../../platform/database/index.ts'
import { rows, sql } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import { audit } from '../ledger/index.ts'
import {
  addBucket,
  advanceLines,
  blockLine,
  changeTariff,
  connectOffering,
  creditMoney,
  debitMoney,
  disconnectOffering,
  endLine,
  giveDiscount,
  type LinesContext,
  promisePayment,
  setLimit,
  transferMoney,
  unblockLine,
} from './index.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const LINES = 3
const offerings = [
  aTariff({ feeKopecks: 20_000 }),
  aTariff({ code: 'thirty', period: '30-days', feeKopecks: 9_000, carriesOver: false }),
  anOption({ code: 'monthly', feeKopecks: 4_000, excludes: ['thirty'] }),
  anOption({ code: 'weekly', charge: 'weekly', feeKopecks: 1_500, requires: ['monthly'] }),
  anOption({ code: 'once', charge: 'once', days: 5, connectionKopecks: 500 }),
  aContent(),
  aDiscount({ days: 20 }),
]
const codes = ['monthly', 'weekly', 'once', 'a-content'] as const

/** What may happen at the same time. */
const happenings = fc.oneof(
  fc.record({ do: fc.constant('connect'), line: fc.nat(LINES - 1), code: fc.constantFrom(...codes) }),
  fc.record({ do: fc.constant('disconnect'), line: fc.nat(LINES - 1), code: fc.constantFrom(...codes) }),
  fc.record({
    do: fc.constant('tariff'),
    line: fc.nat(LINES - 1),
    code: fc.constantFrom('a-tariff', 'thirty'),
    when: fc.constantFrom('now', 'period-end'),
  }),
  fc.record({
    do: fc.constantFrom('block', 'unblock', 'promise', 'discount', 'limit', 'rate', 'end'),
    line: fc.nat(LINES - 1),
  }),
  fc.record({
    do: fc.constantFrom('credit', 'debit', 'send', 'gift'),
    line: fc.nat(LINES - 1),
    kopecks: fc.integer({ min: 1, max: 40_000 }),
  }),
)
type Happening = typeof happenings extends fc.Arbitrary<infer H> ? H : never

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase({ max: 12 })
})
afterAll(() => database.drop())

/** A room whose transactions now and then break off after everything was written, as if the process had been killed. */
async function aFragileRoom(): Promise<{
  room: LinesRoom
  fragile: LinesContext
  breakEvery: (n: number) => void
}> {
  const room = await aLinesRoom(database, offerings)
  let every = 0
  let told = 0
  const announce: LinesContext['announce'] = async () => {
    if (every > 0 && ++told % every === 0) throw new Error('killed')
  }
  return {
    room,
    fragile: { ...room.lines, announce },
    breakEvery: (n) => {
      every = n
    },
  }
}

async function happen(
  room: LinesRoom,
  lines: LinesContext,
  ids: readonly string[],
  what: Happening,
): Promise<void> {
  const act = { lineId: ids[what.line]!, ref: aRef() }
  const title = { ru: 'Проба', en: 'Try' }
  const doing = (tx: Executor): Promise<unknown> => {
    if ('kopecks' in what) {
      const { kopecks } = what
      const money = { ...act, kopecks, title, category: 'credit' } as const
      if (what.do === 'credit') return creditMoney(tx, lines, { ...money, from: 'payments:test' })
      if (what.do === 'debit') return debitMoney(tx, lines, { ...money, to: 'income:fee' })
      if (what.do === 'gift') {
        const expiresAt = new Date(room.clock.now().getTime() + kopecks * 1_000)
        return addBucket(tx, lines, { ...act, type: 'data', amount: kopecks, source: 'gift', expiresAt })
      }
      return sendToNext(tx, lines, ids, what.line, kopecks)
    }
    if ('when' in what) return changeTariff(tx, lines, { ...act, code: what.code, when: what.when as 'now' })
    if ('code' in what) {
      if (what.do === 'disconnect') return disconnectOffering(tx, lines, { ...act, code: what.code })
      return connectOffering(tx, lines, { ...act, code: what.code, consent: { through: 'my', words: 'Да' } })
    }
    if (what.do === 'block') return blockLine(tx, lines, { ...act, reason: 'voluntary' })
    if (what.do === 'unblock') return unblockLine(tx, lines, act)
    if (what.do === 'promise') return promisePayment(tx, lines, { ...act, amountKopecks: 5_000 })
    if (what.do === 'discount') return giveDiscount(tx, lines, { ...act, code: 'a-discount' })
    if (what.do === 'limit')
      return setLimit(tx, lines, { ...act, limit: 'spend-month', amountKopecks: 3_000 })
    return endLine(tx, lines, act)
  }
  if (what.do === 'rate') await advanceLines(database.db, lines, 2, () => undefined)
  else await room.begun(doing)
}

async function sendToNext(
  tx: Executor,
  lines: LinesContext,
  ids: readonly string[],
  from: number,
  amountKopecks: number,
) {
  const [to] = await rows(
    tx,
    sql<{ msisdn: string }>`select msisdn from lines.line where id = ${ids[(from + 1) % LINES]}`,
  )
  return transferMoney(tx, lines, { lineId: ids[from]!, ref: aRef(), toMsisdn: to!.msisdn, amountKopecks })
}

/** Refusals are expected, and so is the killing; anything else is a defect. */
const expected = (error: unknown) =>
  error instanceof Refusal || (error instanceof Error && error.message === 'killed')

/** The bill says what the balance is; nothing is below nothing; nobody was charged twice in a period. */
async function requireSound(ids: readonly string[]): Promise<void> {
  expect((await audit(database.db)).differences).toEqual([])
  const unlike = await rows(
    database.db,
    sql`select l.id from lines.line l join ledger.account a on a.id = l.cash_id
        where l.id = any(${[...ids]}::uuid[])
          and a.balance <> coalesce((select sum(kopecks) from lines.charge c where c.line_id = l.id), 0)`,
  )
  expect(unlike).toEqual([])
  const lost = await rows(
    database.db,
    sql`select a.id from ledger.account a join lines.line l on l.id = a.owner_id
        left join lines.bucket b on b.id = a.id and not b.ended
        where l.id = any(${[...ids]}::uuid[]) and a.unit <> 'kopecks' and a.balance > 0 and b.id is null`,
  )
  expect(lost).toEqual([])
  const twice = await rows(
    database.db,
    sql`select line_id, code, at from lines.charge
        where line_id = any(${[...ids]}::uuid[]) and category in ('option', 'content') and kopecks < 0
        group by 1, 2, 3 having count(*) > 1 and count(*) > (select count(*) from lines.connected c
          where c.line_id = charge.line_id and c.code = charge.code)`,
  )
  expect(twice).toEqual([])
}

test('acts, fees and expiries in any order, at the same time, and broken off anywhere, conserve every unit', async () => {
  const { room, fragile, breakEvery } = await aFragileRoom()
  const { clock } = room
  const days = fc.array(
    fc.record({ hours: fc.integer({ min: 1, max: 900 }), at: fc.array(happenings, { maxLength: 20 }) }),
    {
      minLength: 1,
      maxLength: 5,
    },
  )
  await fc.assert(
    fc.asyncProperty(days, fc.integer({ min: 3, max: 9 }), async (story, every) => {
      const ids = await Promise.all(
        [20_000, 60_000, 200_000].map((kopecks) => room.aLine({ kopecks, timeZone: 'Europe/Berlin' })),
      )
      breakEvery(every)
      for (const { hours, at } of story) {
        clock.advance(hours * HOUR)
        const done = await Promise.allSettled(at.map((what) => happen(room, fragile, ids, what)))
        const defects = done.flatMap((one) =>
          one.status === 'rejected' && !expected(one.reason) ? [one.reason] : [],
        )
        expect(defects).toEqual([])
      }
      breakEvery(0)
      clock.advance(3 * DAY)
      await room.rate()
      await requireSound(ids)
    }),
    { numRuns: 40 },
  )
}, 120_000)
