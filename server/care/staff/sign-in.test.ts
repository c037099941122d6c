import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  aBrowser,
  aDesk,
  aMember,
  codeOf,
  ORIGIN,
  signedIn,
  type TestDesk,
} from '../../../test/factories/staff.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { rows, sql } from '../../platform/database/index.ts'

let database: TestDatabase
let desk: TestDesk

beforeAll(async () => {
  database = await createTestDatabase()
  desk = await aDesk(database)
})
afterAll(async () => {
  await desk.app.close()
  await database.drop()
})

describe('signing in', () => {
  test('the first time gives a session that can do nothing but enrol a second factor', async () => {
    const member = await aMember(desk)
    const browser = aBrowser(desk)
    const answer = await browser.signIn(member)
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({ secondFactorDue: true, locked: false, operator: { name: 'Волна' } })
    const colleagues = await browser.ask({ method: 'GET', url: '/api/v1/staff' })
    expect(colleagues.json()).toMatchObject({ status: 403, code: 'second_factor_unenrolled' })
  })

  test('the cookie is for this host alone, unreadable by scripts and never sent by another site', async () => {
    const answer = await aBrowser(desk).signIn(await aMember(desk))
    const cookie = String(answer.headers['set-cookie'])
    expect(cookie).toMatch(/^__Host-otklik_session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
  })

  test('the table keeps neither the token nor the password', async () => {
    const member = await aMember(desk)
    const browser = aBrowser(desk)
    await browser.signIn(member)
    const token = browser.cookie().split('=')[1] ?? 'none'
    const kept = await rows(
      database.db,
      sql<{ text: string }>`
        select to_jsonb(s)::text || to_jsonb(m)::text as text
        from staff.session s join staff.member m on m.id = s.member_id where m.id = ${member.id}`,
    )
    expect(kept).toHaveLength(1)
    expect(kept[0]?.text).not.toContain(token)
    expect(kept[0]?.text).not.toContain(member.password)
    expect(kept[0]?.text).toContain('$argon2id$v=19$m=19456,t=2,p=1$')
  })

  test('a wrong password and an unknown e-mail get the same answer after the same work', async () => {
    const member = await aMember(desk)
    const timed = async (email: string) => {
      const start = performance.now()
      const answer = await aBrowser(desk, '192.0.2.50').signIn({ email, password: 'wrong wrong wrong' })
      const { traceId: _, ...problem } = answer.json<{ traceId: string }>()
      return { problem, ms: performance.now() - start }
    }
    const known: number[] = []
    const unknown: number[] = []
    for (let round = 0; round < 5; round += 1) {
      const wrong = await timed(member.email)
      const nobody = await timed(`nobody${round}@operator.example`)
      expect(nobody.problem).toEqual(wrong.problem)
      known.push(wrong.ms)
      unknown.push(nobody.ms)
    }
    // Without the decoy's hash an unknown e-mail answers many times faster.
    expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) / 3)
  })

  test('a shut account answers as a wrong password does', async () => {
    const member = await aMember(desk)
    await rows(database.db, sql`update staff.member set active = false where id = ${member.id}`)
    expect((await aBrowser(desk).signIn(member)).json()).toMatchObject({
      status: 401,
      code: 'wrong_credentials',
    })
  })

  test('the e-mail is known in any case and with spaces around it', async () => {
    const { email, password } = await aMember(desk)
    const answer = await aBrowser(desk).signIn({ email: ` ${email.toUpperCase()} `, password })
    expect(answer.statusCode).toBe(200)
  })
})

describe('the second factor', () => {
  test('is asked for once enrolled, and the session then does everything', async () => {
    const member = await aMember(desk)
    const { secret } = await signedIn(desk, member)
    const browser = aBrowser(desk)
    expect((await browser.signIn(member)).json()).toMatchObject({ code: 'second_factor_required' })
    desk.clock.advance(30_000)
    const answer = await browser.signIn({ ...member, code: codeOf(secret, desk.clock) })
    expect(answer.json()).toMatchObject({ secondFactorDue: false, member: { secondFactor: true } })
    expect((await browser.ask({ method: 'GET', url: '/api/v1/staff' })).statusCode).toBe(200)
  })

  test('a code works once, even for two at the same moment', async () => {
    const member = await aMember(desk)
    const { secret } = await signedIn(desk, member)
    desk.clock.advance(30_000)
    const code = codeOf(secret, desk.clock)
    const rivals = await Promise.all([1, 2, 3].map(() => aBrowser(desk).signIn({ ...member, code })))
    expect(rivals.map((answer) => answer.statusCode).sort()).toEqual([200, 401, 401])
    expect((await aBrowser(desk).signIn({ ...member, code })).json()).toMatchObject({
      code: 'wrong_second_factor',
    })
  })

  test('a code of the step before is accepted, an older one is not', async () => {
    const member = await aMember(desk)
    const { secret } = await signedIn(desk, member)
    desk.clock.advance(60_000)
    const code = codeOf(secret, desk.clock)
    desk.clock.advance(60_000)
    expect((await aBrowser(desk).signIn({ ...member, code })).json()).toMatchObject({
      code: 'wrong_second_factor',
    })
    const late = codeOf(secret, desk.clock)
    desk.clock.advance(30_000)
    expect((await aBrowser(desk).signIn({ ...member, code: late })).statusCode).toBe(200)
  })

  test('an enrolled one cannot be replaced from a session', async () => {
    const { browser } = await signedIn(desk, await aMember(desk))
    const again = await browser.ask({ method: 'POST', url: '/api/v1/session/second-factor' })
    expect(again.json()).toMatchObject({ code: 'conflict' })
  })

  test('enrolling ends sessions that somebody with the password alone may have opened', async () => {
    const member = await aMember(desk)
    const stranger = aBrowser(desk, '198.51.100.7')
    await stranger.signIn(member)
    await signedIn(desk, member)
    expect((await stranger.me()).json()).toMatchObject({ code: 'unauthenticated' })
  })

  test('the secret stands sealed in the table', async () => {
    const member = await aMember(desk)
    const { secret } = await signedIn(desk, member)
    const [kept] = await rows(
      database.db,
      sql<{ sealed: Buffer }>`select totp_secret as sealed from staff.member where id = ${member.id}`,
    )
    expect(kept?.sealed.toString('latin1')).not.toContain(secret)
    expect(kept?.sealed.length).toBeGreaterThan(20)
  })
})

describe('limits of tries', () => {
  test('are shared by the nodes, and leave the person elsewhere alone', async () => {
    const other = await aDesk(database)
    const member = await aMember(desk)
    const wrong = { email: member.email, password: 'wrong wrong wrong' }
    const guess = (node: TestDesk) => aBrowser(node, '203.0.113.9').signIn(wrong)
    for (let round = 0; round < 5; round += 1) {
      expect((await guess(desk)).statusCode).toBe(401)
      expect((await guess(other)).statusCode).toBe(401)
    }
    const refused = await guess(other)
    expect(refused.json()).toMatchObject({ status: 429, code: 'rate_limited' })
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect((await aBrowser(other, '203.0.113.9').signIn(member)).statusCode).toBe(429)
    expect((await aBrowser(other, '203.0.113.10').signIn(member)).statusCode).toBe(200)
    await other.app.close()
  })

  test('hold codes too: the right password does not buy endless guesses', async () => {
    const member = await aMember(desk)
    await signedIn(desk, member)
    const codes = Array.from({ length: 11 }, (_, index) => String(100_000 + index))
    const answers = []
    for (const code of codes)
      answers.push(await aBrowser(desk, `203.0.113.${code.slice(-2)}`).signIn({ ...member, code }))
    expect(answers.at(-1)?.json()).toMatchObject({ code: 'rate_limited' })
  })

  test('keep no e-mail and no address in their table', async () => {
    const kept = await rows(database.db, sql<{ key: string }>`select key from platform.rate_limit`)
    expect(kept.length).toBeGreaterThan(0)
    expect(kept.some(({ key }) => key.includes('@') || /\d+\.\d+\.\d+/.test(key))).toBe(false)
  })
})

describe('demo accounts', () => {
  test('enter without a second factor in a demo, and not at all outside of one', async () => {
    const demo = await aDesk(database, { demo: true })
    const member = await aMember(demo)
    await rows(database.db, sql`update staff.member set demo = true where id = ${member.id}`)
    const browser = aBrowser(demo)
    expect((await browser.signIn(member)).json()).toMatchObject({ secondFactorDue: false, demo: true })
    expect((await browser.ask({ method: 'GET', url: '/api/v1/staff' })).statusCode).toBe(200)
    expect((await aBrowser(desk).signIn(member)).json()).toMatchObject({ code: 'wrong_credentials' })
    const carried = aBrowser(desk)
    carried.setCookie(browser.cookie())
    expect((await carried.me()).statusCode).toBe(401)
    await demo.app.close()
  })
})

test('how to sign in is told to anybody', async () => {
  const answer = await desk.app.inject({ url: '/api/v1/session/options', headers: { origin: ORIGIN } })
  expect(answer.json()).toEqual({ operator: 'Волна', accent: '#00aa77', oidc: false, demo: false })
})
