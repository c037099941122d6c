import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import type { OrderRequest } from '../../contracts/orders.ts'
import type { By } from '../../server/operator/edge/index.ts'
import { endLine, reportUsage, setCodeWord, settleUsage } from '../../server/operator/lines/index.ts'
import { inTransaction, one, rows, sql } from '../../server/platform/database/index.ts'
import type { World } from '../../world/index.ts'
import { aStaffCaller, type Caller } from '../factories/caller.ts'
import { anOperatorLine, seedOfferings } from '../factories/operator-line.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import {
  aWorldWithSms,
  openSmsDoor,
  type SubscriberCaller,
  signInBySms,
} from '../factories/subscriber-caller.ts'
import { tablesWith } from '../factories/tables-with.ts'

const { my, privacy } = contracts
const NUMBER = '79000000301'
const PLANTED = {
  reason: 'извинились за лазоревый шлагбаум',
  decision: 'одобряю бирюзовый фонтан',
  model: 'Нокиа Малахит 3310',
  called: '79035550011',
  paidAs: 'касса-малиновый-звон',
  paidBy: 'перевод от пурпурной тётушки',
  paidAt: 'салон-изумрудный',
  receipt: 'чек-янтарный-77',
  elsewhere: 'вернули за сиреневый туман',
  elsewhereTo: '79035550033',
  elsewhereBy: 'Гликерия в гостях',
  orderNamed: 'заявка-киноварь-5',
  talkNamed: 'разговор-охра-9',
  ticketNamed: 'обращение-кармин-2',
}
const FORWARDED = '79035550022'
const NAME = 'Гликерия Незабудкина'
let world: World
let otklik: TestOtklik
let admin: Caller
let phone: SubscriberCaller
let lineId: string

beforeAll(async () => {
  world = await aWorldWithSms()
  otklik = await anOtklik({ trustedOrigins: [world.url] })
  await openSmsDoor(otklik, world)
  await seedOfferings(otklik)
  lineId = await anOperatorLine(otklik, { msisdn: NUMBER, name: NAME })
  phone = await signInBySms(otklik.url, world, NUMBER)
  admin = await aStaffCaller(otklik.url, otklik.logins.admin)
})
afterAll(async () => {
  await otklik?.end()
  await world?.close()
})

const staff = (more: Partial<By> = {}): By => ({
  kind: 'agent',
  id: uuid(),
  name: 'Ирина',
  through: 'desk',
  trust: 4,
  lineRole: null,
  fresh: true,
  roles: ['agent', 'supervisor'],
  ...more,
})
const order = (by: By, request: OrderRequest) =>
  otklik.my.edge.placeOrder(otklik.db, by, { id: uuid(), lineId, request })
const contactPoint = () =>
  one(otklik.db, sql<{ id: string }>`select id from subscribers.contact_point where channel = 'my'`)
const counts = () =>
  one(
    otklik.db,
    sql<
      Record<string, number>
    >`select (select count(*) from orders.line_order) as orders, (select count(*) from lines.usage) as usage,
      (select count(*) from lines.charge) as charges, (select count(*) from ledger.entry) as entries,
      (select count(*) from lines.party) as parties, (select count(*) from payments.payment) as payments,
      (select count(*) from tmf.remote_order) as remote, (select count(*) from lines.connected) as connected`,
  )

/** Everything that the operator's tables can know of somebody in words and numbers. */
async function live(): Promise<void> {
  const { db, lines, clock } = otklik
  await order(staff(), { kind: 'goodwill-credit', amountKopecks: 5_000, reason: PLANTED.reason })
  const big = await order(staff({ roles: ['agent'] }), {
    kind: 'goodwill-credit',
    amountKopecks: 90_000,
    reason: `${PLANTED.reason}, и ещё раз`,
  })
  expect(big.state).toBe('approval')
  await otklik.my.edge.decideOrder(db, staff({ name: 'Павел' }), big.id, true, PLANTED.decision)
  const owner = staff({ kind: 'subscriber', name: NAME, through: 'my', lineRole: 'owner', roles: [] })
  await order(owner, { kind: 'send-settings', topic: 'internet', model: PLANTED.model })
  await order(owner, { kind: 'set-forwarding', condition: 'busy', toMsisdn: FORWARDED })
  await inTransaction(db, (tx) => setCodeWord(tx, lines, { lineId, word: 'тайное слово' }))
  const at = clock.now().toISOString()
  await reportUsage(db, lines, [
    { name: 'call-1', msisdn: NUMBER, type: 'voice', amount: 61, at, other: PLANTED.called },
    { name: 'data-1', msisdn: NUMBER, type: 'data', amount: 1_048_576, at, other: null },
  ])
  await settleUsage(db, lines, 10, (error) => {
    throw error
  })
  await payElsewhere()
  for (const given of REMOTE) await giveAway(given)
  await phone.call(my.sendMyMessage, { body: { id: uuid(), text: 'добрый день' } })
  await otklik.drain()
  await nameElsewhere()
}

/** What another system calls an order, a talk and a matter of theirs. */
async function nameElsewhere(): Promise<void> {
  const { db, clock } = otklik
  await rows(
    db,
    sql`insert into tmf.external_order (order_id, external_id, line_id, named_at)
      select id, ${PLANTED.orderNamed}, line_id, ${clock.now()} from orders.line_order where line_id = ${lineId} limit 1`,
  )
  const name = (api: string, words: string, from: string) =>
    rows(
      db,
      sql`insert into tmf.client_name (client_id, api, name, thing_id, digest, made_at)
        select ${uuid()}, ${api}, ${words}, id, '\\x00', ${clock.now()} from ${sql.table(from)} limit 1`,
    )
  await name('partyInteraction', PLANTED.talkNamed, 'timeline.interaction')
  await name('troubleTicket', `id ${PLANTED.ticketNamed}`, 'timeline.conversation')
}

/** Another system tells of money that it took from them. */
const payElsewhere = () =>
  otklik.my.edge.receivePayment(
    otklik.db,
    staff({ kind: 'service', name: 'Касса', through: 'api', roles: [] }),
    {
      id: uuid(),
      lineId,
      amountKopecks: 15_000,
      received: {
        reference: PLANTED.paidAs,
        authorization: PLANTED.receipt,
        method: PLANTED.paidBy,
        channel: PLANTED.paidAt,
      },
    },
  )

/** Orders as they are kept of those given to a system that keeps lines. */
const REMOTE = [
  {
    request: { kind: 'goodwill-credit', amountKopecks: 1_000, reason: PLANTED.elsewhere },
    by: { kind: 'agent', name: 'Ирина', through: 'desk' },
    reason: { code: 'no-answer', facts: { said: PLANTED.elsewhere } },
  },
  {
    request: { kind: 'set-forwarding', condition: 'busy', toMsisdn: PLANTED.elsewhereTo },
    by: { kind: 'subscriber', name: PLANTED.elsewhereBy, through: 'my' },
    reason: null,
  },
  {
    request: { kind: 'send-settings', topic: 'mms', model: PLANTED.model },
    by: { kind: 'subscriber', name: PLANTED.elsewhereBy, through: 'my' },
    reason: null,
  },
] as const

const giveAway = ({ request, by, reason }: (typeof REMOTE)[number]) =>
  rows(
    otklik.db,
    sql`insert into tmf.remote_order (id, line_id, request, by, state, reason, placed_at)
      values (${uuid()}, ${lineId}, ${JSON.stringify(request)}, ${JSON.stringify(by)}, 'unknown',
        ${reason && JSON.stringify(reason)}, ${otklik.clock.now()})`,
  )

describe('the person of a line', () => {
  test('gets usage, charges and payments in their own copy; the staff’s copy tells calls by month alone', async () => {
    await live()
    await rows(otklik.db, sql`update my.session set fresh_until = ${new Date(Date.now() + 600_000)}`)
    const own = await fetch(`${otklik.url}${my.exportMyData.path}`, { headers: phone.headers })
    expect(own.status).toBe(200)
    const mine = (await own.json()) as Record<string, Record<string, unknown>[]>
    expect(mine.heldLines).toMatchObject([{ lineId, msisdn: NUMBER, role: 'owner', to: null }])
    expect(mine.usage).toMatchObject([
      { lineId, type: 'voice', amount: 61, other: PLANTED.called },
      { lineId, type: 'data', amount: 1_048_576, other: null },
    ])
    expect(mine.charges?.length).toBeGreaterThan(2)
    expect(mine.payments).toMatchObject([{ lineId, kopecks: 15_000, state: 'succeeded' }])

    const { id } = await contactPoint()
    const path = privacy.exportPerson.path.replace(':id', id)
    const text = await (await fetch(`${otklik.url}${path}`, { headers: admin.headers })).text()
    const theirs = JSON.parse(text) as Record<string, Record<string, unknown>[]>
    expect(text).not.toContain(PLANTED.called)
    expect(theirs.usage).toMatchObject([{ type: 'data' }])
    expect(theirs.callsByMonth).toMatchObject([
      { lineId, type: 'voice', direction: 'out', count: 1, amount: 61 },
    ])
  })

  test('gets no copy with call details without a fresh code', async () => {
    await rows(otklik.db, sql`update my.session set fresh_until = null`)
    const own = await fetch(`${otklik.url}${my.exportMyData.path}`, { headers: phone.headers })
    expect(own.status).toBe(403)
    expect(await own.text()).toContain('fresh_code_required')
  })

  test('is erased from every table, words and numbers; rows and money stay, and so does what the living line needs', async () => {
    for (const planted of [...Object.values(PLANTED), FORWARDED, NAME])
      expect([planted, await tablesWith(otklik.db, planted)]).not.toEqual([planted, []])
    const before = await counts()
    const { id } = await contactPoint()
    const body = { reason: 'отозвала согласие' }
    const report = await admin.call(privacy.erasePerson, { params: { id }, body, key: uuid() })
    expect(report.counts).toMatchObject({ orders: 5, payments: 1, remoteOrders: 3, numbers: 1, names: 0 })
    expect(report.counts).toMatchObject({ clientNames: 3 })
    for (const planted of Object.values(PLANTED))
      expect([planted, await tablesWith(otklik.db, planted)]).toEqual([planted, []])
    expect(await counts()).toEqual(before)
    // It is served as before: whose it is, where its calls go.
    expect(await tablesWith(otklik.db, NAME)).toEqual(['lines.party'])
    expect(await tablesWith(otklik.db, FORWARDED)).toEqual(['lines.forwarding'])
    const { items } = await otklik.my.edge.listOrders(otklik.db, lineId, { limit: 10 })
    expect(items.map(({ request, by, decision }) => [request.kind, by.name, decision?.words])).toEqual([
      ['top-up', 'Касса', undefined],
      ['set-forwarding', null, undefined],
      ['send-settings', null, undefined],
      ['goodwill-credit', 'Ирина', null],
      ['goodwill-credit', 'Ирина', undefined],
    ])
  })

  test('is forgotten by name when the line ends', async () => {
    await inTransaction(otklik.db, (tx) => endLine(tx, otklik.lines, { lineId, ref: uuid() }))
    for (const planted of [NAME, FORWARDED])
      expect([planted, await tablesWith(otklik.db, planted)]).toEqual([planted, []])
  })
})
