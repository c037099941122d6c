import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aPerson } from '../../../../test/factories/edge.ts'
import { aMyNode, aPhone, type Phone, type TestMy } from '../../../../test/factories/my.ts'
import { createTestDatabase, type TestDatabase } from '../../../../test/postgres/index.ts'
import { rows, sql } from '../../../platform/database/index.ts'
import { forgetEndedSignIns } from '../index.ts'

const MINUTE = 60_000
const DAY = 86_400_000
let database: TestDatabase
let node: TestMy
beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(async () => {
  await rows(database.db, sql`delete from platform.rate_limit`)
  node = await aMyNode(database)
})
afterAll(() => database.drop())

const signedIn = async (trust = false, people = [aPerson()]) => {
  const line = node.edge.aLine({ people })
  const phone = aPhone(node)
  await phone.signIn(line.msisdn, trust)
  return { phone, line }
}
const devices = async (phone: Phone) =>
  (await phone.ask({ method: 'GET', url: '/api/v1/my/devices' })).json<{ id: string; current: boolean }[]>()

describe('a session', () => {
  test('of a browser that others may use ends after half an hour of silence and after twelve hours at most', async () => {
    const { phone } = await signedIn()
    for (let minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
      node.clock.advance(20 * MINUTE)
      expect((await phone.session()).statusCode).toBe(200)
    }
    node.clock.advance(20 * MINUTE)
    expect((await phone.session()).statusCode).toBe(401)
    const { phone: silent } = await signedIn()
    node.clock.advance(30 * MINUTE)
    expect((await silent.session()).statusCode).toBe(401)
  })

  test('of a trusted device outlives the browser and months, not a year', async () => {
    const { phone } = await signedIn(true)
    for (const _ of [1, 2, 3, 4]) {
      node.clock.advance(89 * DAY)
      expect((await phone.session()).statusCode).toBe(200)
    }
    node.clock.advance(89 * DAY)
    expect((await phone.session()).statusCode).toBe(401)
    expect(await forgetEndedSignIns(database.db, node.my)).toBeGreaterThan(0)
  })

  test('of a browser that others may use leaves nothing of what it is shown there', async () => {
    const keeping = async (trust: boolean) => {
      const { phone } = await signedIn(trust)
      return (await phone.session()).headers['cache-control']
    }
    expect(await keeping(false)).toBe('no-store')
    expect(await keeping(true)).toBeUndefined()
  })

  test('writes only from a page of ours, and nobody is signed in from a foreign one', async () => {
    const { phone, line } = await signedIn()
    const change = (from: string | null) =>
      phone.ask({
        method: 'PATCH',
        url: '/api/v1/my/session',
        payload: { name: 'Аня' },
        from,
      })
    expect((await change('https://evil.example')).json()).toMatchObject({ code: 'origin_not_allowed' })
    expect((await change(null)).json()).toMatchObject({ code: 'origin_not_allowed' })
    expect((await phone.session()).json()).toMatchObject({ name: 'Анна Петрова' })
    const foreign = await phone.ask({
      method: 'POST',
      url: '/api/v1/my/sign-in/codes',
      payload: { msisdn: line.msisdn, by: 'sms', locale: 'ru' },
      from: 'https://evil.example',
    })
    expect(foreign.json()).toMatchObject({ code: 'origin_not_allowed' })
  })

  test('gives way to the next one of the same browser', async () => {
    const { phone, line } = await signedIn()
    const before = phone.jar.get('__Host-otklik_my')
    await phone.signIn(line.msisdn)
    const after = phone.jar.get('__Host-otklik_my')
    expect(after).not.toBe(before)
    phone.jar.set('__Host-otklik_my', before ?? '')
    expect((await phone.session()).statusCode).toBe(401)
  })

  test('keeps the language and name that the person chose', async () => {
    const { phone } = await signedIn()
    const answer = await phone.ask({
      method: 'PATCH',
      url: '/api/v1/my/session',
      payload: { name: 'Аня', locale: 'en' },
    })
    expect(answer.json()).toMatchObject({ name: 'Аня', locale: 'en' })
    expect((await phone.session()).json()).toMatchObject({ name: 'Аня', locale: 'en' })
  })

  test('shows a line that came since, and dates it', async () => {
    const owner = aPerson()
    const { phone, line } = await signedIn(false, [owner])
    const since = new Date(node.clock.now().getTime() - DAY)
    const next = node.edge.aLine({ people: [{ ...owner, since }] })
    expect((await phone.session()).json()).toMatchObject({ lines: [{ id: line.id }, { id: next.id }] })
    const links = await rows(
      database.db,
      sql<{
        from: Date | null
      }>`select valid_from as "from" from subscribers.line_link where line_id = ${next.id}`,
    )
    expect(links).toEqual([{ from: since }])
  })
})

describe('devices', () => {
  test('are listed, and one that is removed needs a new code', async () => {
    const { phone, line } = await signedIn(true)
    const lost = aPhone(node)
    await lost.signIn(line.msisdn, true)
    const listed = await devices(phone)
    expect(listed.map(({ current }) => current).sort()).toEqual([false, true])
    const id = listed.find(({ current }) => !current)?.id ?? ''
    expect((await phone.ask({ method: 'DELETE', url: `/api/v1/my/devices/${id}` })).statusCode).toBe(200)
    expect((await lost.session()).statusCode).toBe(401)
    expect((await phone.ask({ method: 'DELETE', url: `/api/v1/my/devices/${id}` })).statusCode).toBe(404)
  })

  test('of somebody else are no devices', async () => {
    const [one, other] = [await signedIn(), await signedIn()]
    const [theirs] = await devices(other.phone)
    const answer = await one.phone.ask({ method: 'DELETE', url: `/api/v1/my/devices/${theirs?.id}` })
    expect(answer.statusCode).toBe(404)
    expect((await other.phone.session()).statusCode).toBe(200)
  })

  test('are signed out here, or everywhere', async () => {
    const { phone, line } = await signedIn()
    const [second, third] = [aPhone(node), aPhone(node)]
    await second.signIn(line.msisdn)
    await third.signIn(line.msisdn)
    await phone.ask({ method: 'DELETE', url: '/api/v1/my/session' })
    expect(phone.jar.has('__Host-otklik_my')).toBe(false)
    expect((await second.session()).statusCode).toBe(200)
    await second.ask({ method: 'DELETE', url: '/api/v1/my/session?everywhere=yes' })
    expect((await third.session()).statusCode).toBe(401)
  })
})

describe('a fresh code', () => {
  const send = async (phone: Phone) =>
    (await phone.ask({ method: 'POST', url: '/api/v1/my/fresh-code' })).json<{
      challengeId: string
      masked: string
    }>()
  const confirm = (phone: Phone, challengeId: string, code: string) =>
    phone.ask({ method: 'PUT', url: '/api/v1/my/fresh-code', payload: { challengeId, code } })
  const freshUntil = async (phone: Phone) =>
    (await phone.session()).json<{ freshUntil: string | null }>().freshUntil

  test('is not asked for ten minutes after one was told', async () => {
    const { phone, line } = await signedIn(true)
    const until = new Date(node.clock.now().getTime() + 10 * MINUTE)
    expect(await freshUntil(phone)).toBe(until.toISOString())
    node.clock.advance(10 * MINUTE)
    expect(await freshUntil(phone)).toBeNull()
    const { challengeId, masked } = await send(phone)
    expect(masked).toBe(`+7 901 ***-**-${line.msisdn.slice(-2)}`)
    expect(node.room.outbox.at(-1)?.msisdn).toBe(line.msisdn)
    expect((await confirm(phone, challengeId, node.room.newestCode())).statusCode).toBe(200)
    expect(await freshUntil(phone)).toBe(new Date(node.clock.now().getTime() + 10 * MINUTE).toISOString())
    expect((await confirm(phone, challengeId, node.room.newestCode())).json()).toMatchObject({
      code: 'code_expired',
    })
  })

  test('is of the session that asked, has five tries, and signs nobody in', async () => {
    const { phone, line } = await signedIn()
    const other = aPhone(node)
    await other.signIn(line.msisdn)
    const { challengeId } = await send(phone)
    const code = node.room.newestCode()
    expect((await confirm(other, challengeId, code)).json()).toMatchObject({ code: 'code_expired' })
    expect((await aPhone(node).tell(challengeId, code)).json()).toMatchObject({ code: 'code_expired' })
    const wrong = code === '000000' ? '000001' : '000000'
    const guesses = await Promise.all(Array.from({ length: 8 }, () => confirm(phone, challengeId, wrong)))
    expect(guesses.filter((one) => one.json<{ code: string }>().code === 'code_wrong')).toHaveLength(5)
    expect((await confirm(phone, challengeId, code)).json()).toMatchObject({ code: 'rate_limited' })
  })
})

describe('the first screen', () => {
  test('shows a line at a glance, without an id the first one; of others none', async () => {
    const { phone, line } = await signedIn()
    const stranger = node.edge.aLine()
    const home = (query = '') => phone.ask({ method: 'GET', url: `/api/v1/my/home${query}` })
    expect((await home()).json()).toMatchObject({ id: line.id, role: 'owner', balanceKopecks: 12_345 })
    line.balanceKopecks = 777
    expect((await home(`?line=${line.id}`)).json()).toMatchObject({ balanceKopecks: 777 })
    expect((await home(`?line=${stranger.id}`)).statusCode).toBe(404)
  })

  test('shows who is only trusted with a line its balance', async () => {
    const [owner, friend] = [aPerson(), aPerson('owner', 'Друг')]
    const shared = node.edge.aLine({ people: [owner, { ...friend, role: 'trusted' }] })
    const { phone } = await signedIn(false, [friend])
    const seen = (await phone.ask({ method: 'GET', url: `/api/v1/my/home?line=${shared.id}` })).json()
    expect(seen).toMatchObject({ role: 'trusted', balanceKopecks: 12_345, buckets: [] })
  })
})

describe('the first screen of a line that is at hand', () => {
  const home = (phone: Phone, lineId: string) =>
    phone.ask({ method: 'GET', url: `/api/v1/my/home?line=${lineId}` })
  beforeEach(() => {
    node.edge.hand.full = true
  })

  test('is told in the trip of the session, to each of its people by their role', async () => {
    const [owner, friend] = [aPerson(), aPerson('trusted', 'Друг')]
    const { phone, line } = await signedIn(false, [owner, friend])
    const own = node.edge.aLine({ people: [{ ...friend, role: 'owner' }] })
    const guest = aPhone(node)
    await guest.signIn(own.msisdn)
    node.edge.readLineFor = async () => expect.fail('it was at hand')
    const [mine, theirs] = await Promise.all([home(phone, line.id), home(guest, line.id)])
    expect(mine.json()).toMatchObject({ id: line.id, role: 'owner', balanceKopecks: 12_345 })
    expect(mine.json().buckets).toHaveLength(1)
    expect(theirs.json()).toMatchObject({ role: 'trusted', balanceKopecks: 12_345, buckets: [] })
  })

  test('is told to nobody else', async () => {
    const { phone } = await signedIn()
    const stranger = node.edge.aLine()
    const refused = await home(phone, stranger.id)
    expect([refused.statusCode, refused.json().code]).toEqual([404, 'not_found'])
    expect(refused.body).not.toContain(stranger.msisdn)
  })

  test('is told to nobody whose session has ended, and to nobody without one', async () => {
    const { phone, line } = await signedIn()
    expect((await home(phone, line.id)).statusCode).toBe(200)
    await rows(database.db, sql`update my.session set ends_at = ${node.clock.now()}`)
    for (const one of [phone, aPhone(node)]) {
      const refused = await home(one, line.id)
      expect([refused.statusCode, refused.json().code]).toEqual([401, 'unauthenticated'])
    }
  })

  test('who names no line is refused as ever', async () => {
    const { phone } = await signedIn()
    for (const named of ['1', 'x&line=y']) expect((await home(phone, named)).statusCode).toBe(400)
    expect((await home(aPhone(node), '1')).statusCode).toBe(401)
  })

  test('is read by itself when what is at hand cannot be read, and nobody else notices', async () => {
    const { phone, line } = await signedIn()
    const { phone: other } = await signedIn()
    node.edge.linesAtHand = async () => {
      throw new Error('nothing can be read beside')
    }
    const [mine, theirs] = await Promise.all([home(phone, line.id), other.session()])
    expect(mine.json()).toMatchObject({ id: line.id, role: 'owner' })
    expect(theirs.statusCode).toBe(200)
  })
})
