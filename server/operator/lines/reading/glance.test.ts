import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aLinesRoom, aRef, type LinesRoom } from '../../../../test/factories/lines.ts'
import { aContent, aDiscount, anOption, aTariff } from '../../../../test/factories/offerings.ts'
import { createTestDatabase, type TestDatabase } from '../../../../test/postgres/index.ts'
import { manualClock } from '../../../platform/clock.ts'
import { one, rows, sql } from '../../../platform/database/index.ts'
import { createKept } from '../../../platform/kept/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { writeLine } from '../../edge/index.ts'
import { postTransfer, systemAccount } from '../../ledger/index.ts'
import {
  addBucket,
  allowContent,
  banContent,
  blockLine,
  changeTariff,
  connectOffering,
  DEFAULT_RULES,
  disconnectOffering,
  endLine,
  endRole,
  eraseParty,
  forgetGlances,
  giveDiscount,
  giveRole,
  glanceKey,
  type KeptGlance,
  promisePayment,
  readGlances,
  readGlancesAtHand,
  readLine,
  reportUsage,
  settleUsage,
  unblockLine,
} from '../index.ts'

const MINUTE = 60_000
const GB = 1024 ** 3
const rates = [{ type: 'data', step: GB, kopecks: 900 }] as const
const offerings = [
  aTariff({ rates: [...rates] }),
  aTariff({ code: 'other', feeKopecks: 20_000, period: '30-days', rates: [...rates] }),
  anOption(),
  anOption({ code: 'days', charge: 'once', days: 3 }),
  aContent(),
  aDiscount({ appliesTo: ['a-tariff', 'an-option'], days: 5 }),
]

let database: TestDatabase
let room: LinesRoom
let partyId: string
beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(async () => {
  room = await aLinesRoom(database, offerings, { clock: manualClock('2027-01-15T09:00:00Z') })
  partyId = await room.aParty()
})
afterAll(() => database.drop())

const aLine = (kopecks = 100_000) => room.aLine({ partyId, kopecks })
async function glance(lineId: string, lines = room.lines) {
  const key = glanceKey(lineId, partyId)
  return (await readGlances(database.db, lines, [key])).get(key)
}
const seen = async (lineId: string): Promise<unknown> =>
  JSON.parse((await glance(lineId))?.value.json ?? 'null')
async function fresh(lineId: string): Promise<unknown> {
  const read = await readLine(database.db, room.lines, lineId)
  return JSON.parse(read ? writeLine(read.value).json : 'null')
}
/** What is told of memory, without a look at the line's tables. */
async function remembered(lineId: string) {
  await room.kept.catchUp()
  const kept = room.lines.glances.get(lineId)
  return kept?.holds(room.clock.now()) ? kept.value : undefined
}
const keptOf = (lineId: string) =>
  rows(database.db, sql<{ packed: string }>`select packed from lines.glance where line_id = ${lineId}`)
/** Whoever is told of the number in another script is told what was kept. */
const forge = (lineId: string) =>
  rows(
    database.db,
    sql`update lines.glance set packed = replace(packed, 'msk', 'kept') where line_id = ${lineId}`,
  )
const isKept = async (lineId: string) => JSON.stringify(await seen(lineId)).includes('"region":"kept"')

async function cashOf(lineId: string): Promise<string> {
  const { id } = await one(
    database.db,
    sql<{ id: string }>`select cash_id as id from lines.line where id = ${lineId}`,
  )
  return id
}

async function use(lineId: string, gigabytes: number, minutesAhead = 0) {
  const { msisdn } = await room.see(lineId)
  const at = new Date(room.clock.now().getTime() + minutesAhead * MINUTE).toISOString()
  await reportUsage(database.db, room.lines, [
    { name: aRef(), msisdn, type: 'data', amount: gigabytes * GB, at },
  ])
}

describe('a line at a glance that was kept', () => {
  test('is told again as long as nothing has changed', async () => {
    const lineId = await aLine()
    const first = await seen(lineId)
    expect(first).toEqual(await fresh(lineId))
    await forge(lineId)
    room.clock.advance(5 * MINUTE)
    expect(await isKept(lineId)).toBe(true)
    expect((await glance(lineId))?.asOf).toEqual(room.clock.now())
  })

  test('is kept without what all lines of its offerings share', async () => {
    const lineId = await aLine()
    await room.begun((tx) =>
      connectOffering(tx, room.lines, {
        lineId,
        ref: aRef(),
        code: 'a-content',
        consent: { through: 'my', words: 'Согласен' },
      }),
    )
    const json = JSON.stringify(await seen(lineId))
    const [kept] = await keptOf(lineId)
    for (const shared of ['Название', 'Title', 'a-content']) expect(kept?.packed).not.toContain(shared)
    expect(kept?.packed.length).toBeLessThan(json.length / 2)
    expect(await seen(lineId)).toEqual(await fresh(lineId))
  })

  test('is at hand for its people as long as nothing has changed, and is not made for it', async () => {
    const lineId = await aLine()
    const atHand = async () => (await readGlancesAtHand(database.db, room.lines, [lineId])).get(lineId)
    expect(await atHand()).toBeUndefined()
    expect(await keptOf(lineId)).toEqual([])
    const told = await glance(lineId)
    const [friendId, userId] = [await room.aParty(), await room.aParty()]
    const give = (id: string, role: 'user' | 'trusted') =>
      room.begun((tx) => giveRole(tx, room.lines, { lineId, partyId: id, role, validTo: null }))
    await give(friendId, 'trusted')
    await give(userId, 'user')
    await seen(lineId)
    const kept = await atHand()
    expect(kept?.value.json).toBe(told?.value.json)
    expect(kept?.people.map((one) => [one.partyId, one.role])).toEqual([
      [partyId, 'owner'],
      [userId, 'user'],
      [friendId, 'trusted'],
    ])
    await room.begun((tx) => blockLine(tx, room.lines, { lineId, ref: aRef(), reason: 'voluntary' }))
    expect(await atHand()).toBeUndefined()
  })

  test('is told whoever names it in capitals', async () => {
    const lineId = await aLine()
    const key = glanceKey(lineId.toUpperCase(), partyId)
    expect((await readGlances(database.db, room.lines, [key])).size).toBe(1)
  })

  test('is not told once money moved by whoever moves it', async () => {
    const lineId = await aLine()
    await seen(lineId)
    await postTransfer(database.db, {
      scope: 'test',
      key: aRef(),
      kind: 'top-up',
      at: room.clock.now(),
      lineId,
      legs: [
        { accountId: await cashOf(lineId), amount: 1_234 },
        { accountId: systemAccount('payments:test', 'kopecks'), amount: -1_234 },
      ],
    })
    expect(await seen(lineId)).toMatchObject({ balanceKopecks: 100_000 - 50_000 + 1_234 })
  })

  test('is not told once something was used, and is while the same waits', async () => {
    const lineId = await aLine()
    await seen(lineId)
    await use(lineId, 3)
    expect(await seen(lineId)).toMatchObject({ buckets: [{ left: 27 * GB }, {}] })
    await forge(lineId)
    expect(await isKept(lineId)).toBe(true)
    await use(lineId, 2)
    expect(await isKept(lineId)).toBe(false)
  })

  test('is not told to who has no role on the line any more, nor to anybody else', async () => {
    const lineId = await aLine()
    await seen(lineId)
    const owner = partyId
    partyId = await room.aParty('Друг')
    expect(await glance(lineId)).toBeUndefined()
    await room.begun((tx) => giveRole(tx, room.lines, { lineId, partyId, role: 'user', validTo: null }))
    expect((await glance(lineId))?.role).toBe('user')
    await room.begun((tx) => endRole(tx, room.lines, { lineId, partyId }))
    expect(await glance(lineId)).toBeUndefined()
    partyId = owner
    expect((await glance(lineId))?.role).toBe('owner')
  })

  test('is not told by a server with other rules', async () => {
    const lineId = await aLine()
    await seen(lineId)
    await forge(lineId)
    const other = { ...room.lines, rules: { ...DEFAULT_RULES, comingDays: 10 } }
    expect((await glance(lineId, other))?.value.json).not.toContain('kept')
  })

  test('is not kept of a line that waits for money: what is due is due now', async () => {
    const lineId = await aLine(50_000)
    room.goTo('2027-03-02T12:00:00Z')
    await room.rate()
    const now = { at: '2027-03-02T12:00:00.000Z', kopecks: 50_000 }
    expect(await seen(lineId)).toMatchObject({ coming: [now, {}] })
    expect(await keptOf(lineId)).toEqual([])
  })

  test('is destroyed with the person, and forgotten when its time is over', async () => {
    const [mine, other] = [await aLine(), await aLine()]
    await seen(other)
    await seen(mine)
    expect(await keptOf(mine)).toHaveLength(1)
    await room.begun((tx) => eraseParty(tx, room.lines, partyId))
    expect(await keptOf(mine)).toEqual([])
    await seen(mine)
    room.clock.advance(23 * 60 * MINUTE)
    await forgetGlances(database.db, room.lines)
    expect(await keptOf(mine)).toHaveLength(1)
    room.clock.advance(2 * 60 * MINUTE)
    expect(await forgetGlances(database.db, room.lines, { atOnce: 1, most: 1 })).toBe(1)
    expect(await forgetGlances(database.db, room.lines)).toBeGreaterThan(0)
    expect(await keptOf(mine)).toEqual([])
  })
})

describe('a line at a glance in memory', () => {
  test('is told, and gone once money moved, something was used, or the line was written by whoever does so', async () => {
    const lineId = await aLine()
    const other = { ...room.lines, glances: createKept(database.db).shelf<KeptGlance>(10) }
    await room.kept.catchUp()
    const changes = [
      () => room.pay(lineId, 7_000),
      () => use(lineId, 3),
      () => room.begun((tx) => blockLine(tx, other, { lineId, ref: aRef(), reason: 'voluntary' })),
      () => room.begun((tx) => eraseParty(tx, other, partyId)),
    ]
    for (const change of changes) {
      await seen(lineId)
      room.clock.advance(MINUTE)
      const kept = await remembered(lineId)
      expect(JSON.parse(kept?.value.json ?? 'null')).toEqual(await fresh(lineId))
      await change()
      expect(await remembered(lineId)).toBeUndefined()
    }
  })

  test('names its people, until they are others or the clock makes others of them', async () => {
    const lineId = await aLine()
    const friendId = await room.aParty('Друг')
    const peopleOf = async () => (await remembered(lineId))?.people.map((one) => [one.partyId, one.role])
    await room.kept.catchUp()
    await seen(lineId)
    expect(await peopleOf()).toEqual([[partyId, 'owner']])
    const validTo = new Date(room.clock.now().getTime() + 10 * MINUTE)
    await room.begun((tx) =>
      giveRole(tx, room.lines, { lineId, partyId: friendId, role: 'trusted', validTo }),
    )
    expect(await peopleOf()).toBeUndefined()
    await seen(lineId)
    expect(await peopleOf()).toContainEqual([friendId, 'trusted'])
    room.clock.advance(10 * MINUTE)
    expect(await peopleOf()).toBeUndefined()
    await seen(lineId)
    expect(await peopleOf()).toEqual([[partyId, 'owner']])
  })

  test('holds nothing that a transaction saw which was undone', async () => {
    const lineId = await aLine()
    await room.kept.catchUp()
    const undone = room.begun(async (tx) => {
      await blockLine(tx, room.lines, { lineId, ref: aRef(), reason: 'voluntary' })
      await readGlances(tx, room.lines, [glanceKey(lineId, partyId)])
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await remembered(lineId)).toBeUndefined()
    expect(await seen(lineId)).toMatchObject({ state: 'active' })
  })
})

const acts = [
  'pay',
  'use',
  'use-ahead',
  'settle',
  'rate',
  'connect',
  'connect-days',
  'content',
  'disconnect',
] as const
const rarer = [
  'discount',
  'bucket',
  'ban',
  'allow',
  'block',
  'unblock',
  'tariff',
  'promise',
  'end',
  'nothing',
] as const
type What = (typeof acts)[number] | (typeof rarer)[number]

/** Does something to a line; what is refused is refused. */
async function act(lineId: string, what: What): Promise<void> {
  const { lines, begun } = room
  const name = { lineId, ref: aRef() }
  const fail = (error: unknown) => {
    throw error
  }
  const consent = { through: 'my', words: 'Согласен' }
  const does: Record<What, () => Promise<unknown>> = {
    pay: () => room.pay(lineId, 7_000),
    use: () => use(lineId, 9),
    'use-ahead': () => use(lineId, 1, 4),
    settle: () => settleUsage(database.db, lines, 50, fail),
    rate: () => room.rate(),
    connect: () => begun((tx) => connectOffering(tx, lines, { ...name, code: 'an-option' })),
    'connect-days': () => begun((tx) => connectOffering(tx, lines, { ...name, code: 'days' })),
    content: () => begun((tx) => connectOffering(tx, lines, { ...name, code: 'a-content', consent })),
    disconnect: () => begun((tx) => disconnectOffering(tx, lines, { ...name, code: 'a-content' })),
    discount: () => begun((tx) => giveDiscount(tx, lines, { ...name, code: 'a-discount' })),
    bucket: () =>
      begun((tx) =>
        addBucket(tx, lines, { ...name, type: 'data', amount: GB, source: 'gift', expiresAt: null }),
      ),
    ban: () => begun((tx) => banContent(tx, lines, name)),
    allow: () => begun((tx) => allowContent(tx, lines, name)),
    block: () => begun((tx) => blockLine(tx, lines, { ...name, reason: 'voluntary' })),
    unblock: () => begun((tx) => unblockLine(tx, lines, name)),
    tariff: () => begun((tx) => changeTariff(tx, lines, { ...name, code: 'other', when: 'period-end' })),
    promise: () => begun((tx) => promisePayment(tx, lines, { ...name, amountKopecks: 2_000 })),
    end: () => begun((tx) => endLine(tx, lines, name)),
    nothing: async () => undefined,
  }
  await does[what]().catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error
  })
}

/** Packages that fell due a moment ago are made in memory, with other ids for whoever looks, until they are stored. */
const named = (view: unknown): unknown =>
  JSON.parse(JSON.stringify(view), (key, value: unknown) =>
    key === 'buckets' && Array.isArray(value)
      ? value.map((bucket: object) => JSON.stringify({ ...bucket, id: null })).sort()
      : value,
  )

const steps = fc.array(
  fc.record({
    what: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...acts) }, fc.constantFrom(...rarer)),
    minutes: fc.oneof(fc.nat(120), fc.nat(60 * 24 * 12)),
  }),
  { minLength: 3, maxLength: 12 },
)

test('whatever happens to a line and however time passes, what is told is what would be made of it anew', async () => {
  await room.kept.catchUp()
  let ofMemory = 0
  const compare = async (lineId: string) => {
    const kept = await remembered(lineId)
    if (kept) expect(named(JSON.parse(kept.value.json))).toEqual(named(await fresh(lineId)))
    if (kept) ofMemory += 1
    expect(named(await seen(lineId))).toEqual((await glance(lineId)) ? named(await fresh(lineId)) : null)
  }
  await fc.assert(
    fc.asyncProperty(steps, fc.integer({ min: 50_000, max: 300_000 }), async (story, kopecks) => {
      const lineId = await aLine(kopecks)
      for (const { what, minutes } of story) {
        await seen(lineId)
        await act(lineId, what)
        await compare(lineId)
        room.clock.advance(minutes * MINUTE)
        await compare(lineId)
      }
    }),
    { numRuns: 40 },
  )
  expect(ofMemory).toBeGreaterThan(40)
}, 120_000)
