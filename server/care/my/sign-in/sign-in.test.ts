import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aNumber, aPerson } from '../../../../test/factories/edge.ts'
import { aMyNode, aPhone, type TestMy } from '../../../../test/factories/my.ts'
import { createTestDatabase, type TestDatabase } from '../../../../test/postgres/index.ts'
import { inTransaction, one, rows, sql } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import {
  describeContactPoints,
  linkContactPoints,
  proveContactPoint,
  readPerson,
  readSubscriber,
  subscriberOfParty,
} from '../../subscribers/index.ts'
import { endMyLine } from '../index.ts'

let database: TestDatabase
let node: TestMy
beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(async () => {
  // Each test comes from a network that nobody has used up.
  await rows(database.db, sql`delete from platform.rate_limit`)
  node = await aMyNode(database, {
    refuse: () => {
      throw new Refusal('need_to_know')
    },
  })
})
afterAll(() => database.drop())

const BY = { kind: 'system', name: 'test' } as const
const smsPoint = (msisdn: string) =>
  node.room.aPoint({
    channelAccountId: node.room.smsAccountId,
    channel: 'sms',
    externalId: msisdn,
    address: msisdn,
  })
const wrongCode = () => (node.room.newestCode() === '000000' ? '000001' : '000000')
const challengeOf = (answer: { json: <T>() => T }) => answer.json<{ challengeId: string }>().challengeId
const end = (line: { id: string; msisdn: string }) =>
  inTransaction(database.db, (tx) => endMyLine(tx, node.my, { lineId: line.id, msisdn: line.msisdn }))

describe('signing in by a code', () => {
  test('opens the app with the person’s lines, and the cookie is the browser’s alone', async () => {
    const owner = aPerson()
    const line = node.edge.aLine({ people: [owner] })
    const second = node.edge.aLine({ people: [owner] })
    const phone = aPhone(node)
    const answer = await phone.signIn(`+${line.msisdn}`)
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({
      name: 'Анна Петрова',
      locale: 'ru',
      lines: [
        { id: line.id, role: 'owner' },
        { id: second.id, role: 'owner' },
      ],
      operator: { name: 'Волна' },
      chatLaneId: expect.any(String),
    })
    const cookies = [answer.headers['set-cookie'] ?? []].flat()
    const session = cookies.find((one) => one.startsWith('__Host-otklik_my='))
    expect(session).toMatch(/HttpOnly/)
    expect(session).toMatch(/Secure/)
    expect(session).toMatch(/SameSite=Lax/)
    expect(session).not.toMatch(/Max-Age|Expires/i)
    expect((await phone.session()).json()).toEqual(answer.json())
    // The token stands nowhere in clear.
    const token = phone.jar.get('__Host-otklik_my') ?? ''
    const kept = await rows(database.db, sql<{ all: string }>`select s::text as all from my.session s`)
    expect(kept.map(({ all }) => all).join()).not.toContain(token)
  })

  test('proves the number (level 4) and makes one person of everything that is theirs, their lines included', async () => {
    const line = node.edge.aLine()
    const number = await smsPoint(line.msisdn)
    const messenger = await node.room.aPoint()
    await inTransaction(database.db, (tx) =>
      linkContactPoints(tx, node.room.subscribers, {
        contactPointId: messenger,
        toContactPointId: number,
        by: BY,
        reason: 'test',
      }),
    )
    const { subscriberId, chatLaneId } = (await aPhone(node).signIn(line.msisdn)).json<{
      subscriberId: string
      chatLaneId: string
    }>()
    expect((await readPerson(database.db, messenger)).subscriberId).toBe(subscriberId)
    const { lanes } = await readSubscriber(database.db, subscriberId)
    expect(lanes.map(({ laneId }) => laneId).sort()).toEqual([messenger, number, chatLaneId, line.id].sort())
    expect(lanes.find(({ laneId }) => laneId === line.id)).toEqual({
      laneId: line.id,
      kind: 'line',
      from: null,
      to: null,
    })
    const described = await describeContactPoints(database.db, [number, chatLaneId], node.clock.now())
    expect([...described.values()].map(({ trust }) => trust)).toEqual([4, 4])
    // Again, on another device: the same person, nothing twice.
    const again = (await aPhone(node).signIn(line.msisdn)).json<{ subscriberId: string }>()
    expect(again.subscriberId).toBe(subscriberId)
    expect((await readSubscriber(database.db, subscriberId)).lanes).toEqual(lanes)
  })

  test('lets in who uses the line, not its owner, where these are two', async () => {
    const [mother, child] = [aPerson('owner', 'Мать'), aPerson('user', 'Сын')]
    const childs = node.edge.aLine({ people: [mother, child] })
    const mothers = node.edge.aLine({ people: [mother, { ...child, role: 'trusted' }] })
    const asChild = await aPhone(node).signIn(childs.msisdn)
    expect(asChild.json()).toMatchObject({
      name: 'Сын',
      lines: [
        { id: childs.id, role: 'user' },
        { id: mothers.id, role: 'trusted' },
      ],
    })
    const asMother = (await aPhone(node).signIn(mothers.msisdn)).json<{
      subscriberId: string
      name: string
    }>()
    expect(asMother.name).toBe('Мать')
    // Whoever is only trusted with a line does not read what was done to it.
    const { lanes } = await readSubscriber(database.db, asChild.json<{ subscriberId: string }>().subscriberId)
    expect(lanes.map(({ laneId }) => laneId)).toContain(childs.id)
    expect(lanes.map(({ laneId }) => laneId)).not.toContain(mothers.id)
  })

  test('of two phones at once makes one person of them', async () => {
    const line = node.edge.aLine()
    const entered = await Promise.all([1, 2, 3].map(() => aPhone(node).signIn(line.msisdn)))
    // Codes cross: each phone tells the newest, which is right for one of them at least.
    const people = entered
      .filter((one) => one.statusCode === 200)
      .map((one) => one.json<{ subscriberId: string }>())
    expect(new Set(people.map((one) => one.subscriberId)).size).toBe(1)
  })

  test('works once, also for two who tell it at the same time, and not after five minutes', async () => {
    const line = node.edge.aLine()
    const [one, other] = [aPhone(node), aPhone(node)]
    const challengeId = challengeOf(await one.start(line.msisdn))
    await node.deliver()
    const code = node.room.newestCode()
    const told = await Promise.all([one.tell(challengeId, code), other.tell(challengeId, code)])
    expect(told.map((answer) => answer.statusCode).sort()).toEqual([200, 410])
    expect((await other.tell(challengeId, code)).json()).toMatchObject({ code: 'code_expired' })
    const late = challengeOf(await one.start(line.msisdn))
    await node.deliver()
    node.clock.advance(300_000)
    expect((await one.tell(late, node.room.newestCode())).json()).toMatchObject({ code: 'code_expired' })
  })

  test('of a number ends no earlier one: a stranger cannot end the owner’s', async () => {
    const line = node.edge.aLine()
    const [owner, stranger] = [aPhone(node), aPhone(node, '198.51.100.7')]
    const challengeId = challengeOf(await owner.start(line.msisdn))
    await node.deliver()
    const code = node.room.newestCode()
    await stranger.start(line.msisdn)
    expect((await owner.tell(challengeId, code)).statusCode).toBe(200)
  })
})

describe('nobody learns whether a number is ours', () => {
  test('from the answers: status, words and facts are the same', async () => {
    const line = node.edge.aLine()
    const shape = async (msisdn: string, by: 'sms' | 'email') => {
      const phone = aPhone(node)
      const started = await phone.start(msisdn, by)
      const challengeId = challengeOf(started)
      const wrong = await phone.tell(challengeId, '000000')
      const { traceId: _, ...problem } = wrong.json<Record<string, unknown>>()
      const { challengeId: __, ...sent } = started.json<Record<string, unknown>>()
      return {
        status: started.statusCode,
        sent,
        headers: Object.keys(started.headers).sort(),
        wrong: wrong.statusCode,
        problem,
      }
    }
    const ours = await shape(line.msisdn, 'sms')
    expect(ours).toMatchObject({ status: 200, problem: { code: 'code_wrong', facts: { attemptsLeft: 4 } } })
    expect(await shape(aNumber(), 'sms')).toEqual(ours)
    expect(await shape(line.msisdn, 'email')).toEqual(ours)
    expect(await shape(aNumber(), 'email')).toEqual(ours)
  })

  test('from the work that is done before the answer: the number is looked for after it', async () => {
    const line = node.edge.aLine()
    const asked: string[] = []
    const { findLineByMsisdn } = node.edge
    node.edge.findLineByMsisdn = (db, msisdn) => {
      asked.push(msisdn)
      return findLineByMsisdn(db, msisdn)
    }
    await aPhone(node).start(line.msisdn)
    await aPhone(node).start(aNumber())
    expect(asked).toEqual([])
    const sent = node.room.outbox.length
    expect(await node.deliver()).toBe(2)
    expect(asked).toHaveLength(2)
    expect(node.room.outbox).toHaveLength(sent + 1)
    expect(node.room.outbox.at(-1)?.msisdn).toBe(line.msisdn)
  })

  test('not even who guesses the code that was sent to nobody', async () => {
    const msisdn = aNumber()
    const phone = aPhone(node)
    const challengeId = challengeOf(await phone.start(msisdn))
    // As if the guess were right.
    await rows(
      database.db,
      sql`update my.challenge set secret_hash = ${Buffer.from(node.room.subscribers.fingerprint(`my-code:${challengeId}:123456`), 'hex')}
          where id = ${challengeId}`,
    )
    expect((await phone.tell(challengeId, '123456')).json()).toMatchObject({ code: 'code_wrong' })
  })

  test('and what is no number anywhere is said to be none', async () => {
    expect((await aPhone(node).start('0611')).statusCode).toBe(400)
  })
})

describe('guessing', () => {
  test('gets five tries at a code, however many are made at once, and then not even right', async () => {
    const line = node.edge.aLine()
    const phone = aPhone(node)
    const challengeId = challengeOf(await phone.start(line.msisdn))
    await node.deliver()
    const guesses = await Promise.all(Array.from({ length: 20 }, () => phone.tell(challengeId, wrongCode())))
    const codes = guesses.map((guess) => guess.json<{ code: string }>().code)
    expect(codes.filter((code) => code === 'code_wrong')).toHaveLength(5)
    expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(15)
    expect((await phone.tell(challengeId, node.room.newestCode())).json()).toMatchObject({
      code: 'rate_limited',
    })
  })

  test('from one network ends after a hundred tries at whatever numbers, of IPv6 after as many from one /64', async () => {
    const tries = await Promise.all(
      Array.from({ length: 130 }, (_, n) =>
        aPhone(node, `2001:db8:7:7::${n.toString(16)}`).tell(randomUUID(), '000000'),
      ),
    )
    const codes = tries.map((one) => one.json<{ code: string }>().code)
    expect(codes.filter((code) => code === 'code_expired')).toHaveLength(100)
    expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(30)
    expect((await aPhone(node, '2001:db8:7:8::1').tell(randomUUID(), '000000')).statusCode).toBe(410)
  })

  test('is limited by number on all nodes together', async () => {
    const line = node.edge.aLine()
    const beside = await aMyNode(database, { beside: node })
    const nodes = [node, beside, node, beside]
    const answers = []
    for (const [n, one] of nodes.entries())
      answers.push((await aPhone(one, `192.0.2.${n + 10}`).start(line.msisdn)).statusCode)
    expect(answers).toEqual([200, 200, 200, 429])
  })

  test('uses up the codes of a number, but not those of a phone that knows it', async () => {
    const line = node.edge.aLine()
    const phone = aPhone(node)
    await phone.signIn(line.msisdn)
    await phone.ask({ method: 'DELETE', url: '/api/v1/my/session' })
    for (const n of [1, 2, 3]) await aPhone(node, `198.51.100.${n}`).start(line.msisdn)
    expect((await aPhone(node).start(line.msisdn)).statusCode).toBe(429)
    expect((await phone.signIn(line.msisdn)).statusCode).toBe(200)
    // Of another number the phone knows nothing.
    const other = node.edge.aLine()
    for (const n of [1, 2, 3]) await aPhone(node, `198.51.100.${n}`).start(other.msisdn)
    expect((await phone.start(other.msisdn)).statusCode).toBe(429)
  })
})

describe('an e-mail', () => {
  const mailOf = async (subscriberId: string, kind: 'dmarc' | 'sms-code') => {
    const address = `${randomUUID()}@mail.example`
    const point = await node.room.aPoint({ channel: 'email', externalId: address, address })
    const number = (await readSubscriber(database.db, subscriberId)).lanes.find(
      (one) => one.kind === 'contact-point',
    )
    await inTransaction(database.db, async (tx) => {
      await linkContactPoints(tx, node.room.subscribers, {
        contactPointId: point,
        toContactPointId: number!.laneId,
        by: BY,
        reason: 'test',
      })
      await proveContactPoint(tx, node.room.subscribers, { contactPointId: point, kind })
    })
    return address
  }
  const owned = async () => {
    const line = node.edge.aLine()
    const { subscriberId } = (await aPhone(node).signIn(line.msisdn)).json<{ subscriberId: string }>()
    return { line, subscriberId }
  }

  test('that the owner has proved gets the code, and lets the owner in when the SIM is lost', async () => {
    const { line, subscriberId } = await owned()
    const address = await mailOf(subscriberId, 'sms-code')
    const phone = aPhone(node)
    const challengeId = challengeOf(await phone.start(line.msisdn, 'email'))
    await node.deliver()
    expect(node.mails).toMatchObject([{ address }])
    const code = /\d{6}/.exec(node.mails[0]!.text)![0]
    expect((await phone.tell(challengeId, code)).json()).toMatchObject({ subscriberId })
  })

  test('that a channel only vouches for gets nothing; neither does one that is theirs no longer', async () => {
    const { line, subscriberId } = await owned()
    await mailOf(subscriberId, 'dmarc')
    await aPhone(node).start(line.msisdn, 'email')
    await node.deliver()
    expect(node.mails).toEqual([])
  })
})

describe('a SIM that is reported lost', () => {
  const reportLost = (line: { state: string; blockedFor: string | null }) =>
    Object.assign(line, { state: 'blocked', blockedFor: 'lost' })

  test('lets nobody in by a code that came to it: the finder reads those', async () => {
    const line = node.edge.aLine()
    const phone = aPhone(node)
    const challengeId = challengeOf(await phone.start(line.msisdn))
    await node.deliver()
    reportLost(line)
    const told = await phone.tell(challengeId, node.room.newestCode())
    expect(told.json()).toMatchObject({ code: 'code_expired' })
    Object.assign(line, { blockedFor: 'voluntary' })
    expect((await phone.tell(challengeId, node.room.newestCode())).statusCode).toBe(200)
  })

  test('gives no fresh code to who is signed in by it, also not by one that came before', async () => {
    const line = node.edge.aLine()
    const phone = aPhone(node)
    await phone.signIn(line.msisdn)
    const ask = () => phone.ask({ method: 'POST', url: '/api/v1/my/fresh-code' })
    const before = challengeOf(await ask())
    const code = node.room.newestCode()
    reportLost(line)
    const payload = { challengeId: before, code }
    const told = await phone.ask({ method: 'PUT', url: '/api/v1/my/fresh-code', payload })
    expect(told.json()).toMatchObject({ code: 'code_expired' })
    expect((await ask()).json()).toMatchObject({ code: 'unavailable' })
    // The session stays: the phone may lie under the sofa, and the block is lifted there.
    expect((await phone.session()).statusCode).toBe(200)
  })
})

describe('an agent’s one-time pass', () => {
  const anAgent = () =>
    ({
      kind: 'agent',
      id: randomUUID(),
      name: 'Анна',
      roles: ['agent'],
      sessionId: randomUUID(),
      locked: false,
      secondFactorDue: false,
      passwordDue: false,
    }) as const
  const issue = async (contactPointId: string, agent = anAgent()) => {
    node.caller = agent
    const answer = await node.app.inject({
      method: 'POST',
      url: `/api/v1/contact-points/${contactPointId}/my-pass`,
      payload: { reason: 'SIM потеряна, паспорт показан' },
    })
    node.caller = undefined
    return { answer, pass: answer.json<{ pass: string }>().pass, agent }
  }
  const enter = (pass: string, phone = aPhone(node)) =>
    phone.ask({
      method: 'POST',
      url: '/api/v1/my/sign-in',
      payload: { pass, device: { name: 'Телефон', trust: false } },
    })
  const known = async () => {
    const line = node.edge.aLine()
    const { subscriberId } = (await aPhone(node).signIn(line.msisdn)).json<{ subscriberId: string }>()
    return { line, subscriberId, point: await smsPoint(line.msisdn) }
  }

  test('lets the person in once, however it is typed, also when told twice at the same time', async () => {
    const { point, subscriberId } = await known()
    const { pass } = await issue(point)
    expect(pass).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/)
    const typed = pass.toLowerCase().replaceAll('-', ' ')
    const told = await Promise.all([enter(typed), enter(pass)])
    expect(told.map((one) => one.statusCode).sort()).toEqual([200, 410])
    expect(told.find((one) => one.statusCode === 200)?.json()).toMatchObject({ subscriberId })
    expect((await enter(pass)).json()).toMatchObject({ code: 'code_expired' })
  })

  test('is kept as a hash, audited with its reason, and ends after 15 minutes or with a newer one', async () => {
    const { point, subscriberId } = await known()
    const first = await issue(point)
    const second = await issue(point)
    const kept = await rows(database.db, sql<{ all: string }>`select p::text as all from my.pass p`)
    expect(kept.map(({ all }) => all).join()).not.toContain(second.pass)
    const looked = await one(
      database.db,
      sql<{ act: string; reason: string; subscriberId: string }>`
        select act, reason, subscriber_id as "subscriberId" from audit.access where actor_id = ${second.agent.id}`,
    )
    expect(looked).toEqual({ act: 'my-pass', reason: 'SIM потеряна, паспорт показан', subscriberId })
    expect((await enter(first.pass)).json()).toMatchObject({ code: 'code_wrong' })
    node.clock.advance(900_000)
    expect((await enter(second.pass)).json()).toMatchObject({ code: 'code_expired' })
    expect((await enter('AAAA-BBBB-CCCC')).json()).toMatchObject({ code: 'code_wrong' })
  })

  test('is given by who need know, to somebody with a line, and not without end', async () => {
    const { point } = await known()
    node.room.forbidden.add(point)
    expect((await issue(point)).answer.json()).toMatchObject({ code: 'need_to_know' })
    node.room.forbidden.delete(point)
    expect((await issue(await node.room.aPoint())).answer.statusCode).toBe(404)
    const agent = anAgent()
    const answers = []
    for (const _ of [1, 2, 3, 4]) answers.push((await issue(point, agent)).answer.statusCode)
    expect(answers).toEqual([200, 200, 200, 429])
  })

  test('is withdrawn by an agent who need know, once and for all', async () => {
    const { point, subscriberId } = await known()
    const { pass, agent } = await issue(point)
    const withdraw = async () => {
      node.caller = agent
      const url = `/api/v1/contact-points/${point}/my-pass`
      const answer = await node.app.inject({ method: 'DELETE', url })
      node.caller = undefined
      return answer.statusCode
    }
    node.room.forbidden.add(point)
    expect(await withdraw()).toBe(403)
    node.room.forbidden.delete(point)
    expect([await withdraw(), await withdraw()]).toEqual([200, 200])
    expect((await enter(pass)).json()).toMatchObject({ code: 'code_wrong' })
    const kept = await rows(
      database.db,
      sql<{ subject: string }>`select subject from audit.change where act = 'my-pass.withdrawn'`,
    )
    expect(kept).toEqual([{ subject: `subscriber:${subscriberId}` }])
  })

  test('ends with its line', async () => {
    const { line, point } = await known()
    const { pass } = await issue(point)
    await end(line)
    expect((await enter(pass)).json()).toMatchObject({ code: 'code_wrong' })
  })
})

describe('when a line ends', () => {
  test('sessions, proofs and links that rest on it end, and no others', async () => {
    const owner = aPerson()
    const [line, other] = [node.edge.aLine({ people: [owner] }), node.edge.aLine({ people: [owner] })]
    const [onLine, onOther] = [aPhone(node), aPhone(node)]
    const { subscriberId } = (await onLine.signIn(line.msisdn, true)).json<{ subscriberId: string }>()
    await onOther.signIn(other.msisdn, true)
    const messenger = await node.room.aPoint()
    await inTransaction(database.db, (tx) =>
      proveContactPoint(tx, node.room.subscribers, {
        contactPointId: messenger,
        kind: 'sms-code',
        evidence: { msisdn: line.msisdn },
      }),
    )
    node.clock.advance(60_000)
    line.state = 'ended'
    await end(line)
    expect((await onLine.session()).statusCode).toBe(401)
    expect((await onOther.session()).json()).toMatchObject({ subscriberId, lines: [{ id: other.id }] })
    const [number, othersNumber] = [await smsPoint(line.msisdn), await smsPoint(other.msisdn)]
    const described = await describeContactPoints(
      database.db,
      [number, othersNumber, messenger],
      node.clock.now(),
    )
    const trust = (id: string) => described.get(id)?.trust
    expect([trust(number), trust(othersNumber), trust(messenger)]).toEqual([0, 4, 0])
    const { lanes } = await readSubscriber(database.db, subscriberId)
    const until = (laneId: string) => lanes.find((one) => one.laneId === laneId)?.to
    expect([until(number), until(line.id)]).toEqual([node.clock.now(), node.clock.now()])
    expect([until(othersNumber), until(other.id)]).toEqual([null, null])
  })

  test('who gets the number next is somebody else and inherits nothing, not even what nobody was known to have written', async () => {
    const line = node.edge.aLine()
    // Written from the number before anybody was known to have it.
    const number = await smsPoint(line.msisdn)
    node.clock.advance(60_000)
    line.state = 'ended'
    await end(line)
    node.clock.advance(60_000)
    const next = node.edge.aLine({ msisdn: line.msisdn, people: [aPerson('owner', 'Новый')] })
    const { subscriberId } = (await aPhone(node).signIn(line.msisdn)).json<{ subscriberId: string }>()
    expect(await subscriberOfParty(database.db, next.people[0]!.partyId)).toBe(subscriberId)
    const { lanes } = await readSubscriber(database.db, subscriberId)
    const window = lanes.find(({ laneId }) => laneId === number)
    expect(window?.from).toEqual(new Date(node.clock.now().getTime() - 60_000))
    expect(lanes.some(({ laneId }) => laneId === line.id)).toBe(false)
  })

  test('that nobody told us of, the number’s new owner still gets nobody’s story', async () => {
    const line = node.edge.aLine()
    const former = (await aPhone(node).signIn(line.msisdn)).json<{ subscriberId: string }>()
    node.clock.advance(60_000)
    line.state = 'ended'
    node.edge.aLine({ msisdn: line.msisdn, people: [aPerson('owner', 'Новый')] })
    const next = (await aPhone(node).signIn(line.msisdn)).json<{ subscriberId: string }>()
    expect(next.subscriberId).not.toBe(former.subscriberId)
    const number = await smsPoint(line.msisdn)
    const windowOf = async (id: string) =>
      (await readSubscriber(database.db, id)).lanes.find(({ laneId }) => laneId === number)
    expect(await windowOf(former.subscriberId)).toMatchObject({ from: null, to: node.clock.now() })
    expect(await windowOf(next.subscriberId)).toMatchObject({ from: node.clock.now(), to: null })
  })

  test('while somebody signs in by it, they are not let in', async () => {
    const line = node.edge.aLine()
    const phone = aPhone(node)
    const challengeId = challengeOf(await phone.start(line.msisdn))
    await node.deliver()
    const { findLineByMsisdn } = node.edge
    node.edge.findLineByMsisdn = async (db, msisdn) => {
      const found = await findLineByMsisdn(db, msisdn)
      // It ends between the first look and the last.
      const seen = found && { ...found, people: [...found.people] }
      line.state = 'ended'
      return seen
    }
    expect((await phone.tell(challengeId, node.room.newestCode())).json()).toMatchObject({
      code: 'code_expired',
    })
    expect((await phone.session()).statusCode).toBe(401)
  })
})
