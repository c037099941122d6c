import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  aBrowser,
  aDesk,
  aMember,
  type Browser,
  codeOf,
  signedIn,
  type TestDesk,
  type TestMember,
} from '../../../test/factories/staff.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { one, rows, sql } from '../../platform/database/index.ts'
import { touchPresence } from './index.ts'

const MINUTE = 60_000
let database: TestDatabase
let desk: TestDesk
let member: TestMember
let browser: Browser
let secret: string

beforeAll(async () => {
  database = await createTestDatabase()
  desk = await aDesk(database)
})
afterAll(async () => {
  await desk.app.close()
  await database.drop()
})
beforeEach(async () => {
  member = await aMember(desk)
  const entered = await signedIn(desk, member)
  browser = entered.browser
  secret = entered.secret
})

async function secondBrowser(): Promise<Browser> {
  const other = aBrowser(desk, '198.51.100.20')
  desk.clock.advance(30_000)
  await other.signIn({ ...member, code: codeOf(secret, desk.clock) })
  return other
}

async function anAdmin(): Promise<Browser> {
  return (await signedIn(desk, await aMember(desk, ['admin']))).browser
}

describe('the idle lock', () => {
  test('comes after fifteen minutes in which the person did nothing, whatever the desk polls meanwhile', async () => {
    for (let minute = 0; minute < 15; minute += 5) {
      desk.clock.advance(5 * MINUTE)
      await browser.me()
    }
    expect((await browser.me()).json()).toMatchObject({ locked: false })
    desk.clock.advance(1)
    expect((await browser.me()).json()).toMatchObject({ locked: true })
    const refused = await browser.ask({ method: 'GET', url: '/api/v1/staff' })
    expect(refused.json()).toMatchObject({ status: 423, code: 'session_locked' })
  })

  test('stays away while the person reads, and tells so', async () => {
    for (let minute = 0; minute < 60; minute += 10) {
      desk.clock.advance(10 * MINUTE)
      expect((await browser.me({ 'x-otklik-active': '1' })).json()).toMatchObject({ locked: false })
    }
  })

  test('does not open by acting on a locked desk, only by the password', async () => {
    desk.clock.advance(16 * MINUTE)
    const active = { 'x-otklik-active': '1' }
    expect((await browser.me(active)).json()).toMatchObject({ locked: true })
    expect((await browser.me(active)).json()).toMatchObject({ locked: true })
    const unlock = (password: string) =>
      browser.ask({ method: 'POST', url: '/api/v1/session/unlock', payload: { password } })
    expect((await unlock('wrong')).json()).toMatchObject({ code: 'wrong_credentials' })
    expect((await unlock(member.password)).json()).toMatchObject({ locked: false })
    expect((await browser.ask({ method: 'GET', url: '/api/v1/staff' })).statusCode).toBe(200)
  })

  test('comes at once when the person locks the desk, and still lets them sign out', async () => {
    await browser.ask({ method: 'POST', url: '/api/v1/session/lock' })
    expect((await browser.me()).json()).toMatchObject({ locked: true })
    expect((await browser.ask({ method: 'DELETE', url: '/api/v1/session' })).statusCode).toBe(200)
    expect((await browser.me()).statusCode).toBe(401)
  })

  test('is seen by open sockets through the states of sessions', async () => {
    const { id: sessionId } = await one(
      database.db,
      sql<{ id: string }>`select id from staff.session where member_id = ${member.id}`,
    )
    const gone = '0193573c-0000-7000-8000-000000000000'
    const state = async () => (await desk.room.sessionStates([sessionId, gone])).get(sessionId)
    expect(await state()).toBe('open')
    desk.clock.advance(16 * MINUTE)
    expect(await state()).toBe('locked')
    desk.clock.advance(12 * 60 * MINUTE)
    expect(await state()).toBe('ended')
    expect((await desk.room.sessionStates([gone])).get(gone)).toBe('ended')
  })
})

describe('a session', () => {
  test('ends twelve hours after the person last did something', async () => {
    desk.clock.advance(12 * 60 * MINUTE)
    expect((await browser.me()).statusCode).toBe(401)
  })

  test('costs no write a request: what was seen is written once a minute', async () => {
    const version = () =>
      one(
        database.db,
        sql<{ x: string }>`select xmin::text as x from staff.session where member_id = ${member.id}`,
      )
    const before = await version()
    for (let round = 0; round < 5; round += 1) {
      desk.clock.advance(10_000)
      await browser.me({ 'x-otklik-active': '1' })
    }
    expect(await version()).toEqual(before)
    desk.clock.advance(11_000)
    await browser.me({ 'x-otklik-active': '1' })
    expect(await version()).not.toEqual(before)
  })

  test('is listed with its device and can be revoked from another', async () => {
    const other = await secondBrowser()
    const listed = await browser.ask({ method: 'GET', url: '/api/v1/sessions' })
    const sessions = listed.json<{ id: string; current: boolean; address: string }[]>()
    expect(sessions.map(({ current }) => current).sort()).toEqual([false, true])
    const foreign = sessions.find(({ current }) => !current)
    expect(foreign?.address).toBe('198.51.100.20')
    await browser.ask({ method: 'DELETE', url: `/api/v1/sessions/${foreign?.id}` })
    expect((await other.me()).statusCode).toBe(401)
    expect((await browser.me()).statusCode).toBe(200)
  })

  test('of a colleague cannot be revoked, but by an admin', async () => {
    const { id } = await one(
      database.db,
      sql<{ id: string }>`select id from staff.session where member_id = ${member.id}`,
    )
    const colleague = (await signedIn(desk, await aMember(desk, ['supervisor']))).browser
    const url = `/api/v1/sessions/${id}`
    expect((await colleague.ask({ method: 'DELETE', url })).json()).toMatchObject({ code: 'not_found' })
    expect((await (await anAdmin()).ask({ method: 'DELETE', url })).statusCode).toBe(200)
    expect((await browser.me()).statusCode).toBe(401)
  })

  test('others end with the password, and the new one holds', async () => {
    const other = await secondBrowser()
    const change = (current: string) =>
      browser.ask({
        method: 'PATCH',
        url: '/api/v1/me',
        payload: { password: { current, next: 'a much better one' } },
      })
    expect((await change('wrong')).json()).toMatchObject({ code: 'wrong_credentials' })
    expect((await change(member.password)).statusCode).toBe(200)
    expect((await other.me()).statusCode).toBe(401)
    expect((await browser.me()).statusCode).toBe(200)
    expect((await aBrowser(desk).signIn(member)).json()).toMatchObject({ code: 'wrong_credentials' })
  })

  test('a browser has one: signing in again ends the one it came with', async () => {
    desk.clock.advance(30_000)
    await browser.signIn({ ...member, code: codeOf(secret, desk.clock) })
    const listed = await browser.ask({ method: 'GET', url: '/api/v1/sessions' })
    expect(listed.json()).toHaveLength(1)
  })

  test('a session whose token is made up is nobody’s', async () => {
    const thief = aBrowser(desk)
    thief.setCookie('__Host-otklik_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')
    expect((await thief.me()).statusCode).toBe(401)
  })
})

describe('a foreign site', () => {
  const lock = (headers: Record<string, string | undefined>) =>
    desk.app.inject({
      method: 'POST',
      url: '/api/v1/session/lock',
      headers: { cookie: browser.cookie(), ...headers },
    })

  test.each([
    ['of another origin', { origin: 'https://evil.example' }],
    ['of a sibling subdomain', { origin: 'https://www.desk.example' }],
    ['that hides its origin', { origin: 'null', 'sec-fetch-site': 'same-origin' }],
    ['known only as the same site', { 'sec-fetch-site': 'same-site' }],
    ['that says nothing', {}],
  ])('%s cannot act with the cookie of the person', async (_name, headers) => {
    expect((await lock(headers)).json()).toMatchObject({ status: 403, code: 'origin_not_allowed' })
    expect((await browser.me()).json()).toMatchObject({ locked: false })
  })

  test('is told apart from a page of ours by Sec-Fetch-Site where there is no Origin', async () => {
    expect((await lock({ 'sec-fetch-site': 'same-origin' })).statusCode).toBe(200)
  })

  test('does not open the socket as staff, nor does a password alone', async () => {
    const upgrade = (headers: Record<string, string>) =>
      desk.room.staffOfUpgrade({ headers: { cookie: browser.cookie(), ...headers } })
    expect(await upgrade({ origin: 'https://evil.example' })).toBeUndefined()
    expect(await upgrade({})).toBeUndefined()
    expect(await upgrade({ origin: 'https://desk.example' })).toMatchObject({ id: member.id, locked: false })
    const unenrolled = aBrowser(desk)
    await unenrolled.signIn(await aMember(desk))
    const headers = { cookie: unenrolled.cookie(), origin: 'https://desk.example' }
    expect(await desk.room.staffOfUpgrade({ headers })).toBeUndefined()
  })
})

describe('an admin', () => {
  test('adds a member whose first password is shown once', async () => {
    const admin = await anAdmin()
    const payload = { name: 'Новенькая', email: 'new@operator.example', roles: ['agent'] }
    const headers = { 'idempotency-key': 'once' }
    const made = await admin.ask({ method: 'POST', url: '/api/v1/staff', payload, headers })
    const { password } = made.json<{ password: string }>()
    const entered = await aBrowser(desk).signIn({ email: payload.email, password })
    expect(entered.json()).toMatchObject({ secondFactorDue: true, passwordDue: true })
    const kept = await rows(
      database.db,
      sql`select 1 from platform.idempotency_key where answer::text like ${`%${password}%`}`,
    )
    expect(kept).toEqual([])
    const again = await admin.ask({
      method: 'POST',
      url: '/api/v1/staff',
      payload: { ...payload, email: 'NEW@operator.example' },
    })
    expect(again.json()).toMatchObject({ status: 409, code: 'conflict' })
  })

  test('gives a new first password to who lost theirs, which ends their sessions and is to be changed', async () => {
    const admin = await anAdmin()
    const url = `/api/v1/staff/${member.id}/password`
    const reset = await admin.ask({ method: 'POST', url, headers: { 'idempotency-key': 'reset' } })
    const { password } = reset.json<{ password: string }>()
    expect((await browser.me()).statusCode).toBe(401)
    const enter = (withPassword: string) => {
      desk.clock.advance(30_000)
      const code = codeOf(secret, desk.clock)
      return browser.signIn({ email: member.email, password: withPassword, code })
    }
    expect((await enter(member.password)).statusCode).toBe(401)
    expect((await enter(password)).json()).toMatchObject({ secondFactorDue: false, passwordDue: true })
    const staffOf = () => browser.ask({ method: 'GET', url: '/api/v1/staff' })
    expect((await staffOf()).json()).toMatchObject({ status: 403, code: 'password_due' })
    const upgrade = { cookie: browser.cookie(), origin: 'https://desk.example' }
    expect(await desk.room.staffOfUpgrade({ headers: upgrade })).toBeUndefined()
    const choose = (next: string) =>
      browser.ask({
        method: 'PATCH',
        url: '/api/v1/me',
        payload: { password: { current: password, next } },
      })
    expect((await choose(password)).json()).toMatchObject({ status: 409, code: 'conflict' })
    expect((await choose('a password of my own')).json()).toMatchObject({ passwordDue: false })
    expect((await staffOf()).statusCode).toBe(200)
    const told = await rows(
      database.db,
      sql`select 1 from audit.change where act = 'password.reset' and subject = ${`member:${member.id}`}`,
    )
    expect(told.length).toBe(1)
    const kept = await rows(
      database.db,
      sql`select 1 from platform.idempotency_key where answer::text like ${`%${password}%`}`,
    )
    expect(kept).toEqual([])
  })

  test('alone gives passwords, and none to themselves', async () => {
    const own = await aMember(desk, ['admin'])
    const { browser: admin } = await signedIn(desk, own)
    const reset = (who: Browser, id: string) =>
      who.ask({ method: 'POST', url: `/api/v1/staff/${id}/password` })
    expect((await reset(browser, own.id)).json()).toMatchObject({ status: 403, code: 'forbidden' })
    for (const roles of [['supervisor'], ['designer']] as const) {
      const other = await signedIn(desk, await aMember(desk, [...roles]))
      expect((await reset(other.browser, member.id)).statusCode).toBe(403)
    }
    expect((await reset(admin, own.id)).json()).toMatchObject({ status: 403, code: 'forbidden' })
    expect((await reset(admin, crypto.randomUUID())).statusCode).toBe(404)
  })

  test('leaves what was changed in the audit', async () => {
    const admin = await anAdmin()
    await admin.ask({ method: 'PATCH', url: `/api/v1/staff/${member.id}`, payload: { roles: ['designer'] } })
    const { before, after } = await one(
      database.db,
      sql<{ before: unknown; after: unknown }>`
        select before, after from audit.change
        where act = 'member.changed' and subject = ${`member:${member.id}`}`,
    )
    expect([before, after]).toMatchObject([{ roles: ['agent'] }, { roles: ['designer'] }])
  })

  test('changes roles, which ends the sessions; another capacity does not', async () => {
    const admin = await anAdmin()
    const change = (payload: object) =>
      admin.ask({ method: 'PATCH', url: `/api/v1/staff/${member.id}`, payload })
    expect((await change({ capacity: 7 })).json()).toMatchObject({ capacity: 7, roles: ['agent'] })
    expect((await browser.me()).statusCode).toBe(200)
    expect((await change({ roles: ['agent', 'supervisor'] })).json()).toMatchObject({ capacity: 7 })
    expect((await browser.me()).statusCode).toBe(401)
  })

  test('shuts an account and resets an authenticator, which end the sessions', async () => {
    const admin = await anAdmin()
    const change = (payload: object) =>
      admin.ask({ method: 'PATCH', url: `/api/v1/staff/${member.id}`, payload })
    expect((await change({ resetSecondFactor: true })).json()).toMatchObject({ secondFactor: false })
    expect((await browser.me()).statusCode).toBe(401)
    expect((await browser.signIn(member)).json()).toMatchObject({ secondFactorDue: true })
    await change({ active: false })
    expect((await browser.me()).statusCode).toBe(401)
    expect((await browser.signIn(member)).json()).toMatchObject({ code: 'wrong_credentials' })
  })

  test('cannot be the last one to go, even two at a time', async () => {
    await rows(database.db, sql`update staff.member set active = false where 'admin' = any(roles)`)
    const [one, two] = [await aMember(desk, ['admin']), await aMember(desk, ['admin'])]
    const browsers = [(await signedIn(desk, one)).browser, (await signedIn(desk, two)).browser]
    const answers = await Promise.all(
      browsers.map((each, index) =>
        each.ask({
          method: 'PATCH',
          url: `/api/v1/staff/${[two, one][index]?.id}`,
          payload: { roles: ['agent'] },
        }),
      ),
    )
    expect(answers.filter((answer) => answer.statusCode === 200).length).toBeLessThanOrEqual(1)
    const left = await rows(
      database.db,
      sql`select 1 from staff.member where active and 'admin' = any(roles)`,
    )
    expect(left).toHaveLength(1)
  })

  test('alone may do so', async () => {
    const url = `/api/v1/staff/${member.id}`
    expect((await browser.ask({ method: 'PATCH', url, payload: { roles: ['admin'] } })).statusCode).toBe(403)
  })
})

describe('presence', () => {
  const seen = async () => {
    const listed = await browser.ask({
      method: 'GET',
      url: '/api/v1/staff',
      headers: { 'x-otklik-active': '1' },
    })
    return listed.json<{ id: string; presence: string }[]>().find(({ id }) => id === member.id)?.presence
  }

  test('is online from signing in, away when the person says so, offline when their browser falls silent', async () => {
    expect(await seen()).toBe('online')
    await browser.ask({ method: 'PATCH', url: '/api/v1/me', payload: { presence: 'away' } })
    desk.clock.advance(60_000)
    await touchPresence(database.db, desk.clock, member.id)
    desk.clock.advance(60_000)
    expect(await seen()).toBe('away')
    desk.clock.advance(31_000)
    expect(await seen()).toBe('offline')
    await touchPresence(database.db, desk.clock, member.id)
    expect(await seen()).toBe('away')
  })
})
