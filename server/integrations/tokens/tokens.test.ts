import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { integrations } from '../../../contracts/integrations.ts'
import { anApp } from '../../../test/factories/app.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { manualClock } from '../../platform/clock.ts'
import { one, rows, sql } from '../../platform/database/index.ts'
import { type Authenticate, serve } from '../../platform/http/index.ts'
import { authenticateService, serviceTokenHandlers } from './index.ts'

const DAY = 86_400_000
const { listServiceTokens, createServiceToken, revokeServiceToken } = integrations
const contract = { listServiceTokens, createServiceToken, revokeServiceToken }
const guarded = {
  readThings: {
    method: 'GET',
    path: '/api/v1/things',
    summary: '',
    access: ['service:read'],
    idempotency: 'safe',
    response: z.object({ by: z.string() }),
  },
} as const

const clock = manualClock('2026-11-24T09:00:00Z')
let database: TestDatabase
let app: FastifyInstance

beforeAll(async () => {
  database = await createTestDatabase()
  const { db } = database
  const service = authenticateService({ db, clock })
  // Whoever has no bearer token is the admin here: how staff are known is another module's tests.
  const authenticate: Authenticate = async (request) =>
    request.headers.authorization === undefined
      ? {
          kind: 'agent',
          id: '0193573c-0000-7000-8000-000000000001',
          name: 'Ольга',
          roles: ['admin'],
          sessionId: '0193573c-0000-7000-8000-000000000002',
          locked: false,
          secondFactorDue: false,
          passwordDue: false,
        }
      : service(request)
  app = anApp()
  serve(app, { db, clock, authenticate }, contract, serviceTokenHandlers({ clock }))
  serve(app, { db, clock, authenticate }, guarded, { readThings: async ({ actor }) => ({ by: actor.name }) })
})
afterAll(async () => {
  await app.close()
  await database.drop()
})

type Made = { token: string; info: { id: string; prefix: string; lastUsedAt: string | null } }

async function aToken(scopes: string[] = ['read'], days = 30): Promise<Made> {
  const payload = { name: 'Отчёты', scopes, days }
  return (await app.inject({ method: 'POST', url: '/api/v1/service-tokens', payload })).json<Made>()
}

const readWith = (token: string) =>
  app.inject({ url: '/api/v1/things', headers: { authorization: `Bearer ${token}` } })

async function listed(id: string) {
  const all = (await app.inject({ url: '/api/v1/service-tokens' })).json<({ id: string } & Made['info'])[]>()
  return all.find((token) => token.id === id)
}

describe('a service token', () => {
  test('opens what its scope allows, in its own name', async () => {
    const { token, info } = await aToken(['read', 'privacy'])
    expect(token).toMatch(/^otk_[0-9A-Za-z]{8}_[0-9A-Za-z]{43}$/)
    expect(token.startsWith(`${info.prefix}_`)).toBe(true)
    expect((await readWith(token)).json()).toEqual({ by: 'Отчёты' })
  })

  test('opens nothing else', async () => {
    const { token } = await aToken(['write'])
    expect((await readWith(token)).json()).toMatchObject({ status: 403, code: 'forbidden' })
  })

  test('is shown once; table, list and audit do not hold it', async () => {
    const { token, info } = await aToken()
    const list = await app.inject({ url: '/api/v1/service-tokens' })
    expect(list.body).not.toContain(token)
    const { text } = await one(
      database.db,
      sql<{ text: string }>`
        select (select to_jsonb(t)::text from integrations.service_token t where id = ${info.id})
          || (select string_agg(to_jsonb(c)::text, '') from audit.change c) as text`,
    )
    expect(text).toContain(info.prefix)
    expect(text).not.toContain(token.slice(info.prefix.length + 1))
  })

  test('asked for twice with a key is made once; the second time it is refused, and its value is kept nowhere', async () => {
    const ask = (name: string) =>
      app.inject({
        method: 'POST',
        url: '/api/v1/service-tokens',
        headers: { 'idempotency-key': 'once' },
        payload: { name, scopes: ['read'], days: 1 },
      })
    const { token, info } = (await ask('Робот')).json<Made>()
    expect((await ask('Робот')).json()).toMatchObject({ status: 409, code: 'told_once' })
    expect((await ask('Другой')).json()).toMatchObject({ status: 409, code: 'idempotency_key_reused' })
    const { count, kept } = await one(
      database.db,
      sql<{ count: number; kept: string }>`
        select (select count(*)::int from integrations.service_token where name in ('Робот', 'Другой')) as count,
          (select string_agg(k::text, '') from platform.idempotency_key k) as kept`,
    )
    expect(count).toBe(1)
    expect(kept).not.toContain(token.slice(info.prefix.length + 1))
  })

  test('ends on its day', async () => {
    const { token } = await aToken(['read'], 1)
    clock.advance(DAY - 1)
    expect((await readWith(token)).statusCode).toBe(200)
    clock.advance(1)
    expect((await readWith(token)).json()).toMatchObject({ status: 401, code: 'unauthenticated' })
  })

  test('ends at once when it is revoked, and revoking again changes nothing', async () => {
    const { token, info } = await aToken()
    const revoke = () => app.inject({ method: 'DELETE', url: `/api/v1/service-tokens/${info.id}` })
    expect((await revoke()).statusCode).toBe(200)
    const before = await listed(info.id)
    clock.advance(1000)
    expect((await revoke()).statusCode).toBe(200)
    expect(await listed(info.id)).toEqual(before)
    expect((await readWith(token)).statusCode).toBe(401)
  })

  test('that does not exist cannot be revoked, and opens nothing', async () => {
    const missing = '0193573c-0000-7000-8000-00000000ffff'
    const answer = await app.inject({ method: 'DELETE', url: `/api/v1/service-tokens/${missing}` })
    expect(answer.json()).toMatchObject({ code: 'not_found' })
    expect((await readWith(`otk_AAAAAAAA_${'A'.repeat(43)}`)).statusCode).toBe(401)
    expect((await readWith('something-else')).statusCode).toBe(401)
  })

  test('remembers when it was last used, to the minute', async () => {
    const { token, info } = await aToken()
    expect(info.lastUsedAt).toBeNull()
    await readWith(token)
    const first = clock.now().toISOString()
    expect((await listed(info.id))?.lastUsedAt).toBe(first)
    clock.advance(59_000)
    await readWith(token)
    expect((await listed(info.id))?.lastUsedAt).toBe(first)
    clock.advance(1000)
    await readWith(token)
    expect((await listed(info.id))?.lastUsedAt).toBe(clock.now().toISOString())
  })

  test('leaves its making and its end in the audit, with the admin’s name', async () => {
    const { info } = await aToken()
    await app.inject({ method: 'DELETE', url: `/api/v1/service-tokens/${info.id}` })
    const acts = await rows(
      database.db,
      sql<{ act: string; actor: string }>`
        select act, actor_name as actor from audit.change where subject = ${`service-token:${info.id}`} order by id`,
    )
    expect(acts).toEqual([
      { act: 'service-token.created', actor: 'Ольга' },
      { act: 'service-token.revoked', actor: 'Ольга' },
    ])
  })
})
