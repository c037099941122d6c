import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aHall, type Begun, type Hall } from '../../../test/factories/hall.ts'
import { wrongWith } from '../../../test/factories/official-tmf.ts'
import {
  aTmfHouse,
  listIn,
  type TmfCaller,
  type TmfHouse,
  type TmfLine,
  thingIn,
} from '../../../test/factories/tmf.ts'
import { linkToSubscriber, subscriberOfParty } from '../../care/subscribers/index.ts'
import { inTransaction, one, rows, sql } from '../../platform/database/index.ts'

const INTERACTION = '/partyInteraction/v4/partyInteraction'
const TICKET = '/troubleTicket/v4/troubleTicket'
let hall: Hall
let house: TmfHouse
let system: TmfCaller
let line: TmfLine
let first: Begun
beforeAll(async () => {
  hall = await aHall()
  house = await aTmfHouse({ on: hall.otklik })
  system = await house.aSystem()
  line = await house.aLine()
  first = await hall.begin('Не работает интернет')
  await isTheirs(first)
})
afterAll(() => hall.otklik.end())

async function isTheirs({ laneId }: Begun, { partyId } = line) {
  const { db, my, logins } = hall.otklik
  const subscriberId = (await subscriberOfParty(db, partyId)) ?? ''
  const by = { kind: 'agent', id: logins.anna.id, name: 'Анна' } as const
  await inTransaction(db, (tx) =>
    linkToSubscriber(tx, my.subscribers, { contactPointId: laneId, subscriberId, by, reason: 'Назвалась' }),
  )
}

describe('interactions of a person', () => {
  test('are told on every channel, without a word of what was said', async () => {
    const { status, body } = await system.ask(`${INTERACTION}?relatedParty.id=${line.partyId}`)
    expect(status).toBe(200)
    expect(listIn(body).flatMap((item) => wrongWith('partyInteraction', 'PartyInteraction', item))).toEqual(
      [],
    )
    expect(body).toMatchObject([
      {
        direction: 'inbound',
        status: 'inProgress',
        channel: [{ id: 'web-chat' }],
        interactionItem: [{ item: { id: first.id, '@referredType': 'TroubleTicket' } }],
        relatedParty: [{ id: line.partyId, name: 'Анна Орлова' }],
      },
    ])
    expect(JSON.stringify(body)).not.toContain('интернет')
    expect((await system.ask(`${INTERACTION}/${listIn(body)[0]!.id}`)).body).toEqual(listIn(body)[0]!)
  })

  test('when they are over, say so; newest first, page by page', async () => {
    await hall.resolve(first, hall.irina)
    const second = await hall.begin('Ещё вопрос')
    await isTheirs(second)
    const all = await system.ask(`${INTERACTION}?relatedParty.id=${line.partyId}`)
    expect(listIn(all.body).map((one) => one.status)).toEqual(['inProgress', 'completed'])
    const done = await system.ask(
      `${INTERACTION}?relatedParty.id=${line.partyId}&status=completed&fields=reason`,
    )
    expect(done.body).toMatchObject([{ reason: 'resolved' }])
    const page = await system.ask(`${INTERACTION}?relatedParty.id=${line.partyId}&limit=1&offset=1`)
    expect([page.status, listIn(page.body)[0]!.id]).toEqual([206, listIn(all.body)[1]!.id])
  })

  test('of somebody else are not theirs, of strangers there are none', async () => {
    const other = await house.aLine({ name: 'Вера Ким', bare: true })
    expect((await system.ask(`${INTERACTION}?relatedParty.id=${other.partyId}`)).body).toEqual([])
    for (const id of [randomUUID(), 'x'])
      expect((await system.ask(`${INTERACTION}?relatedParty.id=${id}`)).body).toEqual([])
    expect((await system.ask(INTERACTION)).status).toBe(400)
    expect((await system.ask(`${INTERACTION}/${randomUUID()}`)).status).toBe(404)
    expect((await system.ask(`${INTERACTION}/${first.id}`)).status).toBe(404)
  })
})

describe('conversations as trouble tickets', () => {
  test('tell topic, state and outcome', async () => {
    const { body } = await system.ask(`${TICKET}?relatedParty.id=${line.partyId}`)
    expect(listIn(body).flatMap((item) => wrongWith('troubleTicket', 'TroubleTicket', item))).toEqual([])
    expect(body).toMatchObject([
      { status: 'acknowledged', channel: { id: 'web-chat' } },
      { id: first.id, status: 'resolved', statusChangeReason: 'solved', resolutionDate: expect.any(String) },
    ])
    expect((await system.ask(`${TICKET}/${first.id}`)).body).toEqual(listIn(body)[1]!)
    expect((await system.ask(`${TICKET}?relatedParty.id=${line.partyId}&status=resolved`)).body).toEqual([
      listIn(body)[1]!,
    ])
  })

  test('of a visitor whom nobody knows name the contact point', async () => {
    const stranger = await hall.begin('Кто я?')
    const { body } = await system.ask(`${TICKET}/${stranger.id}`)
    expect(wrongWith('troubleTicket', 'TroubleTicket', body)).toEqual([])
    expect(thingIn(body).relatedParty).toMatchObject([
      { id: stranger.laneId, '@referredType': 'ContactPoint' },
    ])
  })

  test('are looked at in the audit', async () => {
    const { looks } = await one(
      hall.otklik.db,
      sql<{ looks: number }>`select count(*)::int as looks from audit.access where actor_kind = 'service'
        and conversation_id = ${first.id}`,
    )
    expect(looks).toBe(1)
  })

  test('are nobody’s to list, and unknown ones are not found', async () => {
    expect((await system.ask(TICKET)).status).toBe(400)
    expect((await system.ask(`${TICKET}/${randomUUID()}`)).status).toBe(404)
    expect((await system.ask(`${TICKET}/x`)).status).toBe(404)
  })
})

describe('what other systems bring', () => {
  const aTicket = (more: object = {}) => ({
    description: 'Не пришла SIM-карта',
    ticketType: 'Доставка курьером',
    severity: 'normal',
    relatedParty: [{ id: line.partyId, '@referredType': 'Individual' }],
    ...more,
  })
  const open = (body: object, headers?: Record<string, string>, by = system) =>
    by.ask(TICKET, { method: 'POST', body, ...(headers && { headers }) })
  const change = (id: string, body: object) => system.ask(`${TICKET}/${id}`, { method: 'PATCH', body })
  const entriesOf = (laneId: string) =>
    rows(
      hall.otklik.db,
      sql<{ seq: number; body: Record<string, unknown>; conversationId: string | null }>`
        select e.seq, e.body, (select s.conversation_id from timeline.segment s
          where s.lane_id = e.lane_id and s.from_seq <= e.seq and (s.to_seq is null or s.to_seq >= e.seq)
          order by s.from_seq desc limit 1) as "conversationId"
        from timeline.entry_body e where e.lane_id = ${laneId} order by e.seq`,
    )

  test('a ticket is a conversation of its own, which waits; the person’s chat goes on as it was', async () => {
    hall.clock.advance(60_000)
    const chat = await hall.begin('Пока ещё пишу')
    await isTheirs(chat)
    const made = await open(aTicket())
    expect(made.status).toBe(201)
    expect(wrongWith('troubleTicket', 'TroubleTicket', made.body)).toEqual([])
    expect(made.body).toMatchObject({ status: 'acknowledged', relatedParty: [{ id: line.partyId }] })
    expect(thingIn(made.body).id).not.toBe(chat.id)
    await hall.say(chat, 'И вот ещё')
    const entries = await entriesOf(chat.laneId)
    const note = entries.find(({ body }) => body.type === 'note')
    expect(note).toMatchObject({ conversationId: thingIn(made.body).id })
    expect(note?.body.text).toBe('биллинг: Доставка курьером. Не пришла SIM-карта')
    const messages = entries.filter(({ body }) => body.type === 'message')
    expect(messages.map((one) => one.conversationId)).toEqual([chat.id, chat.id])
    const listed = await system.ask(`${TICKET}?relatedParty.id=${line.partyId}`)
    expect(listed.body).toEqual(expect.arrayContaining([made.body]))
  })

  test('a ticket of the same name is the same, and another one under it is refused', async () => {
    const body = aTicket({ externalId: 'crm-1' })
    const [first, second] = await Promise.all([open(body), open(body)])
    expect(second.body).toEqual(first.body)
    expect(await open({ ...body, description: 'Другое' })).toMatchObject({
      status: 409,
      body: { code: 'idempotency_key_reused' },
    })
    const stranger = await house.aSystem()
    expect(thingIn((await open(body, undefined, stranger)).body).id).not.toBe(thingIn(first.body).id)
  })

  test('a ticket can be resolved and opened again; nothing else of it can be changed', async () => {
    const { body } = await open(aTicket())
    const resolved = await change(thingIn(body).id, { status: 'resolved', statusChangeReason: 'partly' })
    expect(resolved).toMatchObject({
      status: 200,
      body: { status: 'resolved', statusChangeReason: 'partly' },
    })
    expect((await change(thingIn(body).id, { status: 'closed' })).body).toEqual(resolved.body)
    expect((await change(thingIn(body).id, { status: 'inProgress' })).body).toMatchObject({
      status: 'acknowledged',
    })
    for (const bad of [{ description: 'x' }, { status: 'held' }, { status: 'resolved', severity: 'x' }, {}])
      expect((await change(thingIn(body).id, bad)).status).toBe(400)
    for (const id of [randomUUID(), 'x']) expect((await change(id, { status: 'resolved' })).status).toBe(404)
  })

  test('an interaction at a door of theirs is filed on the timeline, over from the start, once', async () => {
    const told = {
      reason: 'Замена SIM-карты',
      description: 'Паспорт показан',
      status: 'completed',
      direction: 'inbound',
      channel: [{ id: 'shop', role: 'channel' }],
      interactionDate: { startDateTime: '2026-11-01T09:00:00Z', endDateTime: '2026-11-01T09:10:00Z' },
      relatedParty: [{ id: line.partyId }],
    }
    const send = (more: object = {}, key = 'visit-1') =>
      system.ask(INTERACTION, {
        method: 'POST',
        body: { ...told, ...more },
        headers: { 'idempotency-key': key },
      })
    const made = await send()
    expect(made.status).toBe(201)
    expect(wrongWith('partyInteraction', 'PartyInteraction', made.body)).toEqual([])
    expect(made.body).toMatchObject({
      status: 'completed',
      direction: 'inbound',
      channel: [{ id: 'shop' }],
      interactionDate: { startDateTime: '2026-11-01T09:00:00.000Z' },
      relatedParty: [{ id: line.partyId }],
    })
    expect(JSON.stringify(made.body)).not.toContain('Паспорт')
    expect((await send()).body).toEqual(made.body)
    expect((await send({ reason: 'Другое' })).status).toBe(409)
    const listed = await system.ask(`${INTERACTION}?relatedParty.id=${line.partyId}`)
    expect(listed.body).toEqual(expect.arrayContaining([made.body]))
    const bad = [
      { status: 'opened' },
      { channel: [{ id: 'web-chat' }] },
      { channel: [{ id: 'Салон' }] },
      { interactionDate: { startDateTime: '2999-01-01T00:00:00Z' } },
      { interactionDate: { startDateTime: '2026-11-01T09:00:00Z', endDateTime: '2026-11-01T08:00:00Z' } },
      { relatedParty: [] },
    ]
    for (const more of bad) expect((await send(more, 'bad')).status).toBe(400)
  })

  test('for nobody whom we know, or whom we cannot reach, or from a reader, is refused', async () => {
    expect((await open(aTicket({ relatedParty: [{ id: randomUUID() }] }))).status).toBe(404)
    const unreached = await house.aLine({ name: 'Вера Ким', bare: true })
    expect(await open(aTicket({ relatedParty: [{ id: unreached.partyId }] }))).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    })
    const reader = await house.aSystem(['read'])
    expect((await open(aTicket(), undefined, reader)).status).toBe(403)
  })
})
