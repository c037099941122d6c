import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aLinesRoom, type LinesRoom } from '../../../test/factories/lines.ts'
import { aTariff } from '../../../test/factories/offerings.ts'
import { NO_MARKET, NO_TILL } from '../../../test/factories/payments.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { createLog } from '../../platform/telemetry/index.ts'
import { endUnanswered, tellAsked } from './access-offers.ts'
import { DEFAULT_ORDER_RULES, findOrder, type OrdersContext, placeOrder } from './index.ts'

const DAY_MS = 86_400_000
let database: TestDatabase
let room: LinesRoom
let context: OrdersContext
let unheard: string | undefined

beforeAll(async () => {
  database = await createTestDatabase()
  room = await aLinesRoom(database, [aTariff()])
  context = {
    clock: room.clock,
    log: createLog({ level: 'silent' }),
    announce: async (_, event) => {
      const lineId = event.kind === 'order-changed' ? event.order.lineId : undefined
      const toLineId = event.kind === 'line-notice' ? event.lineId : undefined
      if (unheard !== undefined && [lineId, toLineId].includes(unheard)) throw new Error('nobody hears')
    },
    lines: room.lines,
    rules: DEFAULT_ORDER_RULES,
    till: NO_TILL,
    market: NO_MARKET,
  }
})
afterAll(() => database.drop())

async function anOffer(toMsisdn: string) {
  const lineId = await room.aLine()
  const by = {
    kind: 'subscriber',
    id: randomUUID(),
    name: 'Анна Орлова',
    through: 'my',
    trust: 4,
    lineRole: 'owner',
    fresh: true,
    roles: [],
  } as const
  const request = { kind: 'share-line', toMsisdn } as const
  const { id } = await placeOrder(database.db, context, by, { id: randomUUID(), lineId, request })
  return { id, lineId }
}
const stateOf = async ({ id }: { id: string }) => (await findOrder(database.db, id))?.state

test('an offer that cannot be told or ended holds up no others, and is tried again', async () => {
  const asked = [await room.aLine(), await room.aLine()]
  const [first, second] = await Promise.all(asked.map(async (id) => (await room.see(id)).msisdn))
  const unlucky = await anOffer(first!)
  room.clock.advance(1000)
  const lucky = await anOffer(second!)
  unheard = asked[0]
  expect(await tellAsked(database.db, context)).toBe(1)
  expect(await tellAsked(database.db, context)).toBe(1)
  expect(await tellAsked(database.db, context)).toBe(0)

  unheard = unlucky.lineId
  room.clock.advance(60 * DAY_MS)
  expect(await endUnanswered(database.db, context)).toBe(2)
  expect(await stateOf(lucky)).toBe('refused')
  expect(await stateOf(unlucky)).toBe('pending')
  expect(await endUnanswered(database.db, context)).toBe(0)
  unheard = undefined
  room.clock.advance(3_600_000)
  expect(await endUnanswered(database.db, context)).toBe(1)
  expect(await stateOf(unlucky)).toBe('refused')
})
