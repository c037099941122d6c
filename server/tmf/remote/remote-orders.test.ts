import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aTmfHouse, type TmfHouse, type TmfLine } from '../../../test/factories/tmf.ts'
import { aWayBetween, type WayBetween } from '../../../test/factories/way-between.ts'
import type { By, OperatorEvent } from '../../operator/edge/index.ts'
import { manualClock } from '../../platform/clock.ts'
import { inTransaction, rows, sql } from '../../platform/database/index.ts'
import type { Loop } from '../../platform/loop.ts'
import { createOutgoing, type Outgoing } from '../../platform/outgoing/index.ts'
import { createRemoteEdge, eraseRemoteOrders, type RemoteEdge } from './index.ts'

const clock = manualClock('2027-01-15T09:00:00Z')
const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const OWNER: By = {
  kind: 'subscriber',
  id: null,
  name: 'Анна Орлова',
  through: 'my',
  trust: 4,
  lineRole: 'owner',
  fresh: true,
  roles: [],
}

let house: TmfHouse
let line: TmfLine
let between: WayBetween
let outgoing: Outgoing
let client: Awaited<ReturnType<TmfHouse['aClient']>>
let edge: RemoteEdge
let loop: Loop
let events: OperatorEvent[] = []
const defects: unknown[] = []

/** A process with this room; it remembers nothing but what the database holds. */
const aProcess = (): [RemoteEdge, Loop] => {
  const { clientId, secret } = client
  const made = createRemoteEdge({
    outgoing,
    clock,
    timeoutMs: 20_000,
    system: { url: between.url, clientId, clientSecret: secret },
    announce: async (_, event) => void events.push(event),
    onDefect: (error) => void defects.push(error),
    random: () => 0.5,
  })
  return [made, made.startAsking(db())]
}
const db = () => house.otklik.db
const order = (more: object = {}) => ({
  id: randomUUID(),
  lineId: line.id,
  request: { kind: 'set-limit', limit: 'spend-month', amountKopecks: 300_000 } as const,
  ...more,
})
const statesOf = (id: string) =>
  events.flatMap((one) => (one.kind === 'order-changed' && one.order.id === id ? [one.order.state] : []))
/** Time goes by in steps as small as the loop's, so that all that falls due is done at its time. */
const pass = async (ms: number, step = Math.max(ms / 20, 2 * SECOND)) => {
  for (let gone = 0; gone < ms; gone += step) {
    clock.advance(step)
    await loop.drain()
  }
}
const unknownOnes = async () => (await edge.listUnknownOrders(db(), { limit: 100 })).items

beforeAll(async () => {
  house = await aTmfHouse({ clock })
  line = await house.aLine()
  between = await aWayBetween(() => house.otklik.url)
  outgoing = createOutgoing({ allowPrivate: [between.url], clock })
  client = await house.aClient()
})
beforeEach(async () => {
  between.way = 'open'
  await rows(db(), sql`delete from tmf.remote_order`)
  ;[edge, loop] = aProcess()
  events = []
})
afterEach(async () => {
  await loop.stop()
  expect(defects).toEqual([])
})
afterAll(async () => {
  between.end()
  await outgoing.close()
  await house.end()
})

describe('an order that was given to a remote system', () => {
  test('whose answer was lost is told as done as soon as the other side can be asked, once', async () => {
    between.way = 'deaf'
    const asked = order()
    expect(await edge.placeOrder(db(), OWNER, asked)).toMatchObject({
      state: 'pending',
      by: { through: 'my' },
    })
    await pass(MINUTE)
    expect(statesOf(asked.id)).toEqual(['pending'])
    between.way = 'open'
    await pass(5 * MINUTE)
    expect(statesOf(asked.id)).toEqual(['pending', 'done'])
    expect(events.at(-1)).toMatchObject({ order: { by: { kind: 'subscriber', name: 'Анна Орлова' } } })
    await pass(HOUR)
    expect(statesOf(asked.id)).toEqual(['pending', 'done'])
    expect(await edge.placeOrder(db(), OWNER, asked)).toMatchObject({ state: 'done' })
    expect(statesOf(asked.id)).toHaveLength(2)
  })

  test('is asked about after a restart, by whichever process comes first, and told of once', async () => {
    between.way = 'deaf'
    const asked = order()
    await edge.placeOrder(db(), OWNER, asked)
    await loop.stop()
    between.way = 'open'
    clock.advance(MINUTE)
    const others = [aProcess(), aProcess(), aProcess()]
    await Promise.all(others.map(([, one]) => one.drain()))
    await Promise.all(others.map(([one]) => one.findOrder(db(), asked.id)))
    expect(statesOf(asked.id)).toEqual(['pending', 'done'])
    await Promise.all(others.map(([, one]) => one.stop()))
  })

  test('that a process died with in hand is asked about like any other', async () => {
    const asked = order()
    await edge.placeOrder(db(), OWNER, asked)
    // As the process that was killed between noting the order and hearing of it leaves the row.
    await rows(
      db(),
      sql`update tmf.remote_order set state = 'running', heard_at = null, settled_at = null, next_at = ${clock.now()} where id = ${asked.id}`,
    )
    events = []
    await pass(MINUTE)
    expect(statesOf(asked.id)).toEqual(['done'])
  })

  test('that waits to be taken back is told as done when its time is over, and as undone when it was', async () => {
    const off = { kind: 'stop-content', code: 'a-content' } as const
    const first = order({ request: off })
    expect(await edge.placeOrder(db(), OWNER, first)).toMatchObject({ state: 'waiting' })
    await edge.undoOrder(db(), OWNER, first.id)
    await pass(MINUTE)
    expect(statesOf(first.id)).toEqual(['waiting', 'undone'])
    const second = order({ request: off })
    await edge.placeOrder(db(), OWNER, second)
    clock.advance(11 * SECOND)
    await house.otklik.drain()
    await pass(MINUTE)
    expect(statesOf(second.id)).toEqual(['waiting', 'done'])
  })

  test('that never arrived is refused when no request can be under way any more', async () => {
    between.way = 'swallowed'
    const asked = order()
    await edge.placeOrder(db(), OWNER, asked)
    between.way = 'open'
    await pass(5 * MINUTE)
    expect(statesOf(asked.id)).toEqual(['pending'])
    await pass(10 * MINUTE)
    expect(statesOf(asked.id)).toEqual(['pending', 'refused'])
    expect(await edge.findOrder(db(), asked.id)).toMatchObject({
      state: 'refused',
      reason: { code: 'not-arrived' },
    })
  })

  test('of which nobody hears for minutes is shown to a person, and settled when it is heard of after all', async () => {
    between.way = 'deaf'
    const asked = order()
    await edge.placeOrder(db(), OWNER, asked)
    await pass(10 * MINUTE)
    expect(statesOf(asked.id)).toEqual(['pending', 'unknown'])
    expect(await unknownOnes()).toMatchObject([
      { id: asked.id, state: 'unknown', heardAt: null, asked: true },
    ])
    between.way = 'open'
    await pass(3 * HOUR)
    expect(statesOf(asked.id)).toEqual(['pending', 'unknown', 'done'])
    expect(await unknownOnes()).toEqual([])
  })

  test('is given up after a day and stays in sight; who looks at it asks again', async () => {
    between.way = 'deaf'
    const asked = order()
    await edge.placeOrder(db(), OWNER, asked)
    await pass(30 * HOUR, HOUR / 2)
    expect(await unknownOnes()).toMatchObject([{ id: asked.id, asked: false }])
    expect(await edge.findOrder(db(), asked.id)).toMatchObject({ state: 'unknown' })
    between.way = 'open'
    between.requests = []
    await pass(5 * HOUR, HOUR)
    expect(between.requests).toEqual([])
    expect(await edge.findOrder(db(), asked.id)).toMatchObject({ state: 'done' })
    expect(statesOf(asked.id)).toEqual(['pending', 'unknown', 'done'])
    expect(await unknownOnes()).toEqual([])
  })

  test('is asked about ever more seldom, not as often as the loop looks', async () => {
    between.way = 'deaf'
    await edge.placeOrder(db(), OWNER, order())
    between.requests = []
    await pass(4 * MINUTE, SECOND)
    const early = between.requests.length
    expect(early).toBeGreaterThan(3)
    expect(early).toBeLessThan(60)
    between.requests = []
    await pass(4 * HOUR, MINUTE)
    expect(between.requests.length).toBeLessThan(30)
  })

  test('and refused, or that cannot have left, is no order', async () => {
    const refused = order({ request: { kind: 'connect-option', code: 'an-option' } })
    await expect(edge.placeOrder(db(), OWNER, refused)).rejects.toMatchObject({ code: 'order_refused' })
    const [fresh, other] = aProcess()
    between.way = 'away'
    const away = order()
    await expect(fresh.placeOrder(db(), OWNER, away)).rejects.toMatchObject({ code: 'unavailable' })
    await other.stop()
    expect(await rows(db(), sql`select id from tmf.remote_order`)).toEqual([])
    expect(events).toEqual([])
  })

  test('under a name that another has is refused', async () => {
    const asked = order()
    await edge.placeOrder(db(), OWNER, asked)
    const other = { ...asked, request: { ...asked.request, amountKopecks: 1_000 } }
    await expect(edge.placeOrder(db(), OWNER, other)).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    })
  })
})

describe('an order of somebody who is erased', () => {
  const OTHER = '79035550044'
  const erase = (stretch: object = {}) =>
    inTransaction(db(), (tx) =>
      eraseRemoteOrders(tx, { clock }, [{ laneId: line.id, from: null, to: null, ...stretch }]),
    )
  const forwarding = () =>
    order({ request: { kind: 'set-forwarding', condition: 'busy', toMsisdn: OTHER } as const })

  test('loses numbers and names, and is heard of to its end without them', async () => {
    between.way = 'deaf'
    const asked = forwarding()
    await edge.placeOrder(db(), OWNER, asked)
    expect([await erase(), await erase()]).toEqual([1, 0])
    events = []
    between.way = 'open'
    await pass(5 * MINUTE)
    expect(statesOf(asked.id)).toEqual(['done'])
    for (const gone of [OTHER, OWNER.name]) expect(JSON.stringify(events)).not.toContain(gone)
    const known = await edge.findOrder(db(), asked.id)
    expect(known).toMatchObject({ state: 'done', by: { name: null }, request: { toMsisdn: '***' } })
    // Nobody learns by guessing what was destroyed, and nothing is done twice.
    await expect(edge.placeOrder(db(), OWNER, asked)).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    })
  })

  test('is theirs only within the time that the line was', async () => {
    await edge.placeOrder(db(), OWNER, forwarding())
    const [placed, later] = [clock.now(), new Date(clock.now().getTime() + 1)]
    expect(await erase({ to: placed })).toBe(0)
    expect(await erase({ from: later })).toBe(0)
    expect(await erase({ laneId: randomUUID() })).toBe(0)
    expect(await erase({ from: placed, to: later })).toBe(1)
  })
})
