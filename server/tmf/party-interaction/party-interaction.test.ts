import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aHall, type Begun, type Hall } from '../../../test/factories/hall.ts'
import { wrongWith } from '../../../test/factories/official-tmf.ts'
import { aTmfHouse, type TmfCaller, type TmfHouse, type TmfLine } from '../../../test/factories/tmf.ts'
import { linkToSubscriber, subscriberOfParty } from '../../care/subscribers/index.ts'
import { inTransaction, one, sql } from '../../platform/database/index.ts'

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
    expect(body.flatMap((item: unknown) => wrongWith('partyInteraction', 'PartyInteraction', item))).toEqual(
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
    expect((await system.ask(`${INTERACTION}/${body[0].id}`)).body).toEqual(body[0])
  })

  test('when they are over, say so; newest first, page by page', async () => {
    await hall.resolve(first, hall.irina)
    const second = await hall.begin('Ещё вопрос')
    await isTheirs(second)
    const all = await system.ask(`${INTERACTION}?relatedParty.id=${line.partyId}`)
    expect(all.body.map((one: { status: string }) => one.status)).toEqual(['inProgress', 'completed'])
    const done = await system.ask(
      `${INTERACTION}?relatedParty.id=${line.partyId}&status=completed&fields=reason`,
    )
    expect(done.body).toMatchObject([{ reason: 'resolved' }])
    const page = await system.ask(`${INTERACTION}?relatedParty.id=${line.partyId}&limit=1&offset=1`)
    expect([page.status, page.body[0].id]).toEqual([206, all.body[1].id])
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
    expect(body.flatMap((item: unknown) => wrongWith('troubleTicket', 'TroubleTicket', item))).toEqual([])
    expect(body).toMatchObject([
      { status: 'acknowledged', channel: { id: 'web-chat' } },
      { id: first.id, status: 'resolved', statusChangeReason: 'solved', resolutionDate: expect.any(String) },
    ])
    expect((await system.ask(`${TICKET}/${first.id}`)).body).toEqual(body[1])
    expect((await system.ask(`${TICKET}?relatedParty.id=${line.partyId}&status=resolved`)).body).toEqual([
      body[1],
    ])
  })

  test('of a visitor whom nobody knows name the contact point', async () => {
    const stranger = await hall.begin('Кто я?')
    const { body } = await system.ask(`${TICKET}/${stranger.id}`)
    expect(wrongWith('troubleTicket', 'TroubleTicket', body)).toEqual([])
    expect(body.relatedParty).toMatchObject([{ id: stranger.laneId, '@referredType': 'ContactPoint' }])
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
