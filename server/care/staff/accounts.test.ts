import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aBrowser, aDesk, aMember, codeOf, signedIn, type TestDesk } from '../../../test/factories/staff.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { connectPool, one, rows, sql } from '../../platform/database/index.ts'
import { openVault } from '../../platform/vault/index.ts'
import {
  createAttemptLimits,
  forgetEnded,
  namesOfMembers,
  resealSecondFactors,
  seedDemoStaff,
} from './index.ts'

let database: TestDatabase
let desk: TestDesk

beforeAll(async () => {
  database = await createTestDatabase()
  desk = await aDesk(database, { demo: true })
})
afterAll(async () => {
  await desk.app.close()
  await database.drop()
})

describe('the demo’s staff', () => {
  test('is one of every role, with new passwords at each start and without a second factor', async () => {
    const first = await seedDemoStaff(database.db, desk.clock)
    const second = await seedDemoStaff(database.db, desk.clock)
    expect(second.map(({ id }) => id)).toEqual(first.map(({ id }) => id))
    expect(new Set(second.flatMap(({ roles }) => roles))).toEqual(
      new Set(['agent', 'supervisor', 'designer', 'admin']),
    )
    const [before, after] = [first[0]!, second[0]!]
    expect((await aBrowser(desk).signIn(before)).statusCode).toBe(401)
    expect((await aBrowser(desk).signIn(after)).json()).toMatchObject({
      secondFactorDue: false,
      member: { name: 'Анна Орлова' },
    })
    expect(await namesOfMembers(database.db, [after.id])).toEqual(new Map([[after.id, 'Анна Орлова']]))
  })

  test('does not take over a real member who has such an e-mail', async () => {
    await rows(database.db, sql`update staff.member set demo = false where email = 'pavel@demo.example'`)
    const logins = await seedDemoStaff(database.db, desk.clock)
    expect(logins.some(({ email }) => email === 'pavel@demo.example')).toBe(false)
  })
})

describe('the command create-admin', () => {
  const run = async (...args: string[]) => {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'otklik-admin-'))
    const command = path.resolve(import.meta.dirname, '../../commands/create-admin.ts')
    const env = { ...process.env, DATABASE_URL: database.connectionString, OTKLIK_DATA: dataDir }
    const child = spawn(process.execPath, ['--import', 'tsx', command, ...args], { env })
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
    await rm(dataDir, { recursive: true })
    return { out, err, password: /password: (\S+)/.exec(out)?.[1] ?? '' }
  }
  const email = 'first@operator.example'

  test('makes the first admin, once; and lets in again who lost everything', async () => {
    const made = await run(email, 'Первый Админ')
    const browser = aBrowser(desk)
    const answer = await browser.signIn({ email, password: made.password })
    expect(answer.json()).toMatchObject({
      secondFactorDue: true,
      member: { roles: ['admin'], name: 'Первый Админ' },
    })
    expect((await run(email, 'Ещё Один')).err).toContain('is there already')
    const reset = await run('--reset', email)
    expect((await browser.me()).statusCode).toBe(401)
    expect((await aBrowser(desk).signIn({ email, password: reset.password })).statusCode).toBe(200)
  })

  test('says how it is used', async () => {
    expect((await run()).err).toContain('create-admin EMAIL NAME')
  })
})

test('secrets of authenticators go under a new key and still work', async () => {
  const member = await aMember(desk)
  const { secret } = await signedIn(desk, member)
  const rotated = await openVault({
    key: `${randomBytes(32).toString('base64')},${desk.key}`,
    dataDir: '',
  })
  expect(await resealSecondFactors(database.db, rotated)).toBeGreaterThan(0)
  expect(await resealSecondFactors(database.db, rotated)).toBe(0)
  const renewed = await aDesk(database, {}, desk.clock, rotated)
  desk.clock.advance(30_000)
  expect((await aBrowser(renewed).signIn({ ...member, code: codeOf(secret, desk.clock) })).statusCode).toBe(
    200,
  )
  await renewed.app.close()
})

test('what has ended is forgotten', async () => {
  const member = await aMember(desk)
  await aBrowser(desk).signIn(member)
  const left = () =>
    one(
      database.db,
      sql<{ n: number }>`select count(*)::int as n from staff.session where member_id = ${member.id}`,
    )
  expect(await left()).toEqual({ n: 1 })
  desk.clock.advance(12 * 3_600_000)
  expect(await forgetEnded(database.db, desk.clock)).toBeGreaterThan(0)
  expect(await left()).toEqual({ n: 0 })
})

test('tries that cannot be counted are not given: without the database nobody signs in', async () => {
  const away = connectPool({
    connectionString: 'postgresql://nobody@127.0.0.1:9/none',
    max: 1,
    applicationName: 'test',
  })
  const attempts = createAttemptLimits(away.pool)
  await expect(attempts.take('sign-in:email', 'a@operator.example')).rejects.toMatchObject({
    code: 'unavailable',
    facts: { retryAfterMs: 2000 },
  })
  await away.close()
})
