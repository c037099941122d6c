import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { privacy } from '../../../contracts/privacy.ts'
import type { StaffRole } from '../../../contracts/route.ts'
import { anApp } from '../../../test/factories/app.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { manualClock } from '../../platform/clock.ts'
import { inTransaction, one, sql } from '../../platform/database/index.ts'
import { serve } from '../../platform/http/index.ts'
import { newId } from '../../platform/identifiers.ts'
import { firstIdAt } from './id-time.ts'
import {
  auditHandlers,
  type CapAlert,
  countReveals,
  recordAccess,
  recordCapped,
  recordChange,
  recordOpen,
} from './index.ts'

const clock = manualClock('2026-11-24T09:00:00Z')
const address = '192.0.2.1'
let database: TestDatabase
let app: FastifyInstance
let roles: StaffRole[] = ['admin']

beforeAll(async () => {
  database = await createTestDatabase()
  const { db } = database
  app = anApp()
  const authenticate = async () => ({
    ...anAgent('Ольга'),
    roles,
    sessionId: '',
    locked: false,
    secondFactorDue: false,
    passwordDue: false,
  })
  const { listAccesses, listChanges } = privacy
  serve(app, { db, clock, authenticate }, { listAccesses, listChanges }, auditHandlers)
})
afterAll(async () => {
  await app.close()
  await database.drop()
})

const anAgent = (name = 'Анна') => ({ kind: 'agent' as const, id: newId(clock), name })

interface Row {
  id: string
  at: string
  act: string
  reason: string | null
  agentId: string | null
}
type Page = { items: Row[]; next: string | null }

async function list(query: Record<string, string | number>): Promise<Page> {
  const texts = Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]))
  return (await app.inject({ url: '/api/v1/audit/accesses', query: texts })).json<Page>()
}

describe('reads of personal data', () => {
  test('are listed by agent and by person, newest first, page by page', async () => {
    const actor = anAgent()
    const contactPointId = newId(clock)
    for (const reason of ['1', '2', '3', '4', '5']) {
      clock.advance(1000)
      await recordAccess(database.db, clock, { actor, act: 'reveal', contactPointId, reason, address })
      await recordAccess(database.db, clock, { actor: anAgent(), act: 'search', address })
    }
    for (const filter of [{ agentId: actor.id }, { contactPointId }, { agentId: actor.id, contactPointId }]) {
      const first = await list({ ...filter, limit: 2 })
      const second = await list({ ...filter, limit: 2, after: first.next ?? '' })
      const third = await list({ ...filter, limit: 2, after: second.next ?? '' })
      const reasons = [first, second, third].flatMap((page) => page.items.map(({ reason }) => reason))
      expect(reasons).toEqual(['5', '4', '3', '2', '1'])
      expect(third.next).toBeNull()
    }
  })

  test('of a period hold its first moment and not its last', async () => {
    const actor = anAgent()
    const at: string[] = []
    for (let index = 0; index < 4; index += 1) {
      clock.advance(60_000)
      at.push(clock.now().toISOString())
      await recordAccess(database.db, clock, { actor, act: 'open', address })
    }
    const page = await list({ agentId: actor.id, from: at[1]!, to: at[3]! })
    expect(page.items.map((row) => row.at)).toEqual([at[2], at[1]])
  })

  test('a cursor that is none is refused in words', async () => {
    const answer = await app.inject({ url: '/api/v1/audit/accesses?after=1%20or%201' })
    expect(answer.json()).toMatchObject({ status: 400, code: 'invalid_request' })
  })

  test('of one conversation by one agent count once in ten minutes', async () => {
    const actor = anAgent()
    const conversationId = newId(clock)
    const open = (who = actor) => recordOpen(database.db, clock, { actor: who, conversationId, address })
    await open()
    clock.advance(599_000)
    await open()
    await open(anAgent('Тимур'))
    expect((await list({ agentId: actor.id })).items).toHaveLength(1)
    clock.advance(2000)
    await open()
    expect((await list({ agentId: actor.id })).items).toHaveLength(2)
  })

  test('roles: a supervisor sees accesses, not changes; an agent neither', async () => {
    const ask = async (path: string) => (await app.inject({ url: `/api/v1/audit/${path}` })).statusCode
    roles = ['supervisor']
    expect([await ask('accesses'), await ask('changes')]).toEqual([200, 403])
    roles = ['agent']
    expect([await ask('accesses'), await ask('changes')]).toEqual([403, 403])
    roles = ['admin']
  })
})

describe('caps', () => {
  const alerts: CapAlert[] = []
  const deps = {
    clock,
    caps: { reveal: 4, 'break-glass': 1 },
    alert: (alert: CapAlert) => void alerts.push(alert),
  }

  test('refuse what is too much in a day, and warn at half, at the whole and beyond', async () => {
    const actor = anAgent()
    alerts.length = 0
    const reveal = () => recordCapped(database.db, deps, { actor, act: 'reveal', address })
    for (const left of [3, 2, 1, 0]) expect(await reveal()).toBe(left)
    await expect(reveal()).rejects.toMatchObject({
      code: 'reveal_cap_reached',
      facts: { act: 'reveal', cap: 4 },
    })
    expect(alerts.map(({ passed }) => passed)).toEqual(['half', 'whole', 'refused'])
    expect(await countReveals(database.db, actor.id, new Date(0))).toBe(4)
    clock.advance(86_400_000)
    await reveal()
  })

  test('hold against a burst', async () => {
    const actor = anAgent()
    const burst = Array.from({ length: 8 }, () =>
      recordCapped(database.db, deps, { actor, act: 'reveal', address }),
    )
    const outcomes = await Promise.allSettled(burst)
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(4)
  })

  test('join the transaction of the act: what is rolled back was not taken and warns nobody', async () => {
    const actor = anAgent()
    alerts.length = 0
    const failing = inTransaction(database.db, async (tx) => {
      await recordCapped(tx, deps, { actor, act: 'break-glass', address })
      throw new Error('later')
    })
    await expect(failing).rejects.toThrow('later')
    expect(alerts).toEqual([])
    await recordCapped(database.db, deps, { actor, act: 'break-glass', address })
  })
})

describe('changes', () => {
  test('are listed without their secrets', async () => {
    const actor = { kind: 'system' as const, name: 'command' }
    const before = { name: 'MAX', credentials: null, nested: [{ webhookSecret: 'hunter2' }] }
    const after = { name: 'MAX', credentials: { botToken: 'hunter3' }, passwordHash: 'hunter4', days: 3 }
    await recordChange(database.db, clock, {
      actor,
      act: 'channel.changed',
      subject: 'channel:1',
      before,
      after,
    })
    const page = (await app.inject({ url: '/api/v1/audit/changes' })).json<{ items: unknown[] }>()
    expect(page.items[0]).toMatchObject({
      actor: 'command',
      before: { name: 'MAX', credentials: null, nested: [{ webhookSecret: '[secret]' }] },
      after: { name: 'MAX', credentials: '[secret]', passwordHash: '[secret]', days: 3 },
    })
    const { text } = await one(
      database.db,
      sql<{ text: string }>`select string_agg(to_jsonb(c)::text, '') as text from audit.change c`,
    )
    expect(text).not.toMatch(/hunter/)
  })
})

test('the first id of an instant stands before every id made from it on', () => {
  const at = clock.now()
  expect(firstIdAt(at) < newId(clock)).toBe(true)
  expect(firstIdAt(new Date(at.getTime() + 1)) > newId(clock)).toBe(true)
})
