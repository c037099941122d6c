import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OrderRequest } from '../../../contracts/orders.ts'
import { eventually } from '../../../test/factories/eventually.ts'
import { aTmfHouse, type TmfHouse, type TmfLine } from '../../../test/factories/tmf.ts'
import { aWayBetween, type WayBetween } from '../../../test/factories/way-between.ts'
import type { By, OperatorEdge, OperatorEvent } from '../../operator/edge/index.ts'
import { manualClock } from '../../platform/clock.ts'
import { createOutgoing, type Outgoing } from '../../platform/outgoing/index.ts'
import { createRemoteEdge, type RemoteEdge } from './index.ts'

const clock = manualClock('2027-01-15T09:00:00Z')
const REST_MS = 6_000
type Client = Awaited<ReturnType<TmfHouse['aClient']>>

let house: TmfHouse
let line: TmfLine
let another: Client
let third: Client
let between: WayBetween
let outgoing: Outgoing
let edge: RemoteEdge
const defects: unknown[] = []
/** An edge that remembers nothing; one that waits for nobody, where the other side is slow. */
let aFreshEdge: (timeoutMs?: number, client?: Client) => RemoteEdge
let events: OperatorEvent[] = []

beforeAll(async () => {
  house = await aTmfHouse({ clock })
  line = await house.aLine()
  between = await aWayBetween(() => house.otklik.url)
  const { url } = between
  outgoing = createOutgoing({ allowPrivate: [url], clock })
  const usual = await house.aClient()
  another = await house.aClient()
  third = await house.aClient()
  aFreshEdge = (timeoutMs = 20_000, { clientId, secret } = usual) =>
    createRemoteEdge({
      outgoing,
      clock,
      timeoutMs,
      system: { url, clientId, clientSecret: secret },
      announce: async (_, event) => void events.push(event),
      onDefect: (error) => void defects.push(error),
      random: () => 0.5,
    })
  edge = aFreshEdge()
})
beforeEach(() => {
  between.requests = []
  events = []
})
afterEach(() => {
  between.way = 'open'
  clock.advance(REST_MS)
})
afterAll(async () => {
  between.end()
  await outgoing.close()
  await house.end()
})

/** Others may still be under way, so that requests are told apart by who asks. */
const tokensAskedBy = ({ clientId, secret }: Client) => {
  const basic = Buffer.from(`${clientId}:${secret}`).toString('base64')
  return between.requests.filter((one) => one === `POST /oauth/token Basic ${basic}`).length
}
const db = () => house.otklik.db
const local = () => house.otklik.my.edge
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
/** Titles come in the one language that was asked for. */
const inRussian = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, one) =>
    one !== null && typeof one === 'object' && Object.keys(one).sort().join() === 'en,ru' ? one.ru : one,
  )

describe('what a remote system tells is what our own edge tells', () => {
  test('of a line at a glance', async () => {
    const remote = await edge.readLine(db(), line.id)
    const own = await local().readLine(db(), line.id)
    expect(inRussian(remote)).toEqual(inRussian(own))
  })

  test('of a line to one of its people, and nothing to anybody else', async () => {
    const seen = async (by: OperatorEdge) => {
      const read = await by.readLineFor(db(), line.id, line.partyId)
      return inRussian(read && { ...read, value: JSON.parse(read.value.json) })
    }
    const own = await seen(local())
    expect(own).toMatchObject({ role: 'owner', value: { id: line.id } })
    expect(await seen(edge)).toEqual(own)
    const nobody = randomUUID()
    expect(await local().readLineFor(db(), line.id, nobody)).toBeUndefined()
    expect(await edge.readLineFor(db(), line.id, nobody)).toBeUndefined()
  })

  test('of services, settings and people', async () => {
    expect(inRussian(await edge.readServices(db(), line.id))).toEqual(
      inRussian(await local().readServices(db(), line.id)),
    )
    // Whom the owner has asked is told by whoever keeps the books alone.
    const { offered: _ours, former: _past, ...value } = (await local().readSettings(db(), line.id))!.value
    expect((await edge.readSettings(db(), line.id))?.value).toEqual(JSON.parse(JSON.stringify(value)))
    expect(await edge.findLine(db(), line.id)).toEqual(await local().findLine(db(), line.id))
    expect(await edge.findLineByMsisdn(db(), line.msisdn)).toEqual(await local().findLine(db(), line.id))
    expect(await edge.linesOfParty(db(), line.partyId)).toEqual(
      await local().linesOfParty(db(), line.partyId),
    )
    expect(await edge.findParty(db(), line.partyId)).toEqual(await local().findParty(db(), line.partyId))
  })

  test('of charges, page by page, and of a month', async () => {
    const own = await local().listCharges(db(), line.id, { limit: 100, month: '2027-01' })
    const first = await edge.listCharges(db(), line.id, { limit: 2, month: '2027-01' })
    const rest = await edge.listCharges(db(), line.id, {
      limit: 100,
      month: '2027-01',
      after: first.next ?? '',
    })
    expect(inRussian([...first.items, ...rest.items])).toEqual(inRussian(own.items))
    expect(rest.next).toBeNull()
    const options = await edge.listCharges(db(), line.id, {
      limit: 100,
      month: '2027-01',
      category: 'option',
    })
    expect(options.items).toHaveLength(1)
    const summary = await edge.summariseCharges(db(), line.id, '2027-01')
    const ours = await local().summariseCharges(db(), line.id, '2027-01')
    expect(summary?.value).toMatchObject({
      spentKopecks: ours?.value.spentKopecks,
      receivedKopecks: ours?.value.receivedKopecks,
      byDay: ours?.value.byDay,
      byCategory: expect.arrayContaining(ours?.value.byCategory ?? []),
    })
  })

  test('what is unknown is unknown', async () => {
    expect(await edge.readLine(db(), randomUUID())).toBeUndefined()
    expect(await edge.readServices(db(), randomUUID())).toBeUndefined()
    expect(await edge.findLine(db(), randomUUID())).toBeUndefined()
    expect(await edge.findLineByMsisdn(db(), '79009999999')).toBeUndefined()
    expect(await edge.findParty(db(), randomUUID())).toBeUndefined()
    expect(await edge.findOrder(db(), randomUUID())).toBeUndefined()
  })
})

describe('orders over the remote system', () => {
  const limit = (amountKopecks: number) =>
    ({ kind: 'set-limit', limit: 'spend-month', amountKopecks }) as const

  test('are looked at, placed with what was seen, once, and told', async () => {
    const bare = await house.aLine({ bare: true })
    const request = { kind: 'connect-option', code: 'an-option' } as const
    const preview = await edge.previewOrder(db(), OWNER, bare.id, request)
    expect(preview).toMatchObject({ possible: true, needs: 'nothing' })
    const ask = { id: randomUUID(), lineId: bare.id, request, digest: preview.digest }
    const order = await edge.placeOrder(db(), OWNER, ask)
    expect(order).toMatchObject({ id: ask.id, state: 'done', by: { through: 'my' }, request })
    expect(events).toMatchObject([{ kind: 'order-changed', order: { id: ask.id } }])
    const balance = (await local().readLine(db(), bare.id))?.value.balanceKopecks
    expect(await edge.placeOrder(db(), OWNER, ask)).toMatchObject({ id: ask.id, state: 'done' })
    expect((await edge.readLine(db(), bare.id))?.value.balanceKopecks).toBe(balance)
    expect(await edge.findOrder(db(), ask.id)).toMatchObject({ id: ask.id, effects: order.effects })
    expect((await edge.listOrders(db(), bare.id, { limit: 10 })).items).toMatchObject([{ id: ask.id }])
  })

  test('about its people are refused here: TM Forum has no word for them', async () => {
    const [trusted, partyId]: [By, string] = [{ ...OWNER, lineRole: 'trusted' }, line.partyId]
    const asked: [By, OrderRequest][] = [
      [OWNER, { kind: 'share-line', toMsisdn: '79000000399' }],
      [OWNER, { kind: 'end-access', partyId }],
      [trusted, { kind: 'leave-line' }],
    ]
    for (const [by, request] of asked) {
      expect(await edge.previewOrder(db(), by, line.id, request)).toMatchObject({
        possible: false,
        effects: [{ effect: 'conflict', conflict: 'elsewhere' }],
      })
      const id = randomUUID()
      await expect(edge.placeOrder(db(), by, { id, lineId: line.id, request })).rejects.toMatchObject({
        code: 'order_refused',
        facts: { conflicts: [{ conflict: 'elsewhere', about: 'people' }] },
      })
      expect(await local().findOrder(db(), id)).toBeUndefined()
    }
    expect(await edge.listAccessOffers(db(), line.partyId)).toEqual([])
    await expect(edge.answerAccessOffer(db(), OWNER, randomUUID(), true)).rejects.toMatchObject({
      code: 'unavailable',
    })
  })

  test('can be taken back while they wait, and not afterwards', async () => {
    const off = {
      id: randomUUID(),
      lineId: line.id,
      request: { kind: 'stop-content', code: 'a-content' } as const,
    }
    expect(await edge.placeOrder(db(), OWNER, off)).toMatchObject({ state: 'waiting' })
    expect(await edge.undoOrder(db(), OWNER, off.id)).toMatchObject({ id: off.id, state: 'undone' })
    expect(await edge.undoOrder(db(), OWNER, off.id)).toMatchObject({ state: 'undone' })
    const done = { id: randomUUID(), lineId: line.id, request: limit(300_000) }
    await edge.placeOrder(db(), OWNER, done)
    await expect(edge.undoOrder(db(), OWNER, done.id)).rejects.toMatchObject({ code: 'not_undoable' })
  })

  test('are refused as the other side refuses, and before that by our own table', async () => {
    const again = {
      id: randomUUID(),
      lineId: line.id,
      request: { kind: 'connect-option', code: 'an-option' } as const,
    }
    await expect(edge.placeOrder(db(), OWNER, again)).rejects.toMatchObject({
      code: 'order_refused',
      facts: { conflicts: [{ conflict: 'already' }] },
    })
    between.requests = []
    const trusted: By = { ...OWNER, lineRole: 'trusted' }
    await expect(edge.placeOrder(db(), trusted, again)).rejects.toMatchObject({ code: 'forbidden' })
    expect(between.requests).toEqual([])
  })

  test('answered twice or lost on the way are done once', async () => {
    for (const bad of ['twice', 'lost-once'] as const) {
      const bare = await house.aLine({ bare: true })
      const before = (await local().readLine(db(), bare.id))!.value.balanceKopecks
      between.way = bad
      const ask = {
        id: randomUUID(),
        lineId: bare.id,
        request: { kind: 'connect-option', code: 'an-option' } as const,
      }
      expect(await edge.placeOrder(db(), OWNER, ask)).toMatchObject({ state: 'done' })
      expect((await local().readLine(db(), bare.id))?.value.balanceKopecks).toBe(before - 10_000)
      expect((await local().listOrders(db(), bare.id, { limit: 10 })).items).toHaveLength(1)
    }
  })

  test('of which nobody can tell are pending, until the other side can be asked', async () => {
    between.way = 'lost'
    const ask = { id: randomUUID(), lineId: line.id, request: limit(400_000) }
    expect(await edge.placeOrder(db(), OWNER, ask)).toMatchObject({ id: ask.id, state: 'pending' })
    between.way = 'open'
    clock.advance(REST_MS)
    expect(await edge.findOrder(db(), ask.id)).toMatchObject({ id: ask.id, state: 'done' })
  })
})

describe('a remote system that is slow or away', () => {
  test('what it told last is told with its age; who was never told of is unavailable', async () => {
    const hasty = aFreshEdge(400)
    // On a busy machine it may take a few tries to be told once.
    const seen = await eventually(async () => {
      clock.advance(REST_MS)
      return hasty.readLine(db(), line.id)
    }, 25_000)
    clock.advance(60_000)
    for (const bad of ['away', 'slow', 'broken'] as const) {
      between.way = bad
      expect(await hasty.readLine(db(), line.id)).toEqual(seen)
      clock.advance(REST_MS)
      await expect(aFreshEdge(400).readLine(db(), line.id)).rejects.toMatchObject({ code: 'unavailable' })
      clock.advance(REST_MS)
    }
    clock.advance(24 * 3_600_000)
    await expect(hasty.readLine(db(), line.id)).rejects.toMatchObject({ code: 'unavailable' })
  }, 60_000)

  test('it is asked a few times, then left alone for some seconds', async () => {
    const client = another
    const fresh = aFreshEdge(20_000, client)
    const tokens = () => tokensAskedBy(client)
    between.way = 'away'
    await expect(fresh.findLine(db(), line.id)).rejects.toMatchObject({ code: 'unavailable' })
    const asked = tokens()
    expect(asked).toBeLessThanOrEqual(3)
    await expect(fresh.findLine(db(), line.id)).rejects.toMatchObject({
      code: 'unavailable',
      facts: { retryAfterMs: expect.any(Number) },
    })
    expect(tokens()).toBe(asked)
    between.way = 'open'
    clock.advance(REST_MS)
    expect(await fresh.findLine(db(), line.id)).toMatchObject({ id: line.id })
  })

  test('an order that cannot have arrived is refused, not unknown', async () => {
    const fresh = aFreshEdge()
    between.way = 'away'
    const ask = { id: randomUUID(), lineId: line.id, request: { kind: 'ban-content' } as const }
    await expect(fresh.placeOrder(db(), OWNER, ask)).rejects.toMatchObject({ code: 'unavailable' })
    expect(events).toEqual([])
  })

  test('its access token is asked for once, and anew when it has ended', async () => {
    const client = third
    const fresh = aFreshEdge(20_000, client)
    const asked = () => tokensAskedBy(client)
    await Promise.all([fresh.findLine(db(), line.id), fresh.findLineByMsisdn(db(), line.msisdn)])
    await fresh.findLine(db(), line.id)
    expect(asked()).toBe(1)
    clock.advance(600_000)
    await fresh.findLine(db(), line.id)
    expect(asked()).toBe(2)
  })
})
