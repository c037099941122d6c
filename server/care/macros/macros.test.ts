import { randomUUID } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { macros } from '../../../contracts/knowledge.ts'
import type { StaffRole } from '../../../contracts/route.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { manualClock } from '../../platform/clock.ts'
import type { Staff } from '../../platform/http/index.ts'
import { answerFailure, serve } from '../../platform/http/index.ts'
import { macrosHandlers, seedMacros } from './index.ts'

const clock = manualClock('2026-11-24T09:00:00Z')
let database: TestDatabase
let app: FastifyInstance
let actor: Staff
beforeAll(async () => {
  database = await createTestDatabase()
  app = Fastify()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(answerFailure)
  serve(app, { db: database.db, clock, authenticate: async () => actor }, macros, macrosHandlers({ clock }))
})
afterAll(async () => {
  await app.close()
  await database.drop()
})

const aMember = (...roles: StaffRole[]): Staff => ({
  kind: 'agent',
  id: randomUUID(),
  name: 'Анна',
  roles,
  sessionId: '',
  locked: false,
  secondFactorDue: false,
  passwordDue: false,
})

interface Answer {
  id: string
  code: string
  title: string
  shared: boolean
  mine: boolean
  uses: number
}

async function as(member: Staff, method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path = '', payload?: object) {
  actor = member
  const answer = await app.inject({ method, url: `/api/v1/macros${path}`, ...(payload && { payload }) })
  return answer.json<Answer & Answer[]>()
}
const draft = (more: object = {}) => ({
  title: 'Привет',
  text: 'Здравствуйте, {{name}}!',
  shared: false,
  ...more,
})

describe('macros', () => {
  test('start with good shared ones, once, without the phrases that irritate', async () => {
    expect(await seedMacros(database.db, clock)).toBe(true)
    expect(await seedMacros(database.db, clock)).toBe(false)
    const listed = await as(aMember('agent'), 'GET')
    expect(listed.length).toBeGreaterThan(5)
    expect(listed.every(({ shared, mine }) => shared && !mine)).toBe(true)
    expect(JSON.stringify(listed)).not.toMatch(
      /очень важен|доставленные неудобства|ожидайте|оставайтесь на линии/i,
    )
  })

  test('of one’s own are seen, changed and removed by nobody else', async () => {
    const [anna, boris] = [aMember('agent'), aMember('agent', 'supervisor')]
    const { id } = await as(anna, 'POST', '', draft())
    expect((await as(anna, 'GET')).find((macro) => macro.id === id)).toMatchObject({
      mine: true,
      shared: false,
    })
    expect((await as(boris, 'GET')).some((macro) => macro.id === id)).toBe(false)
    for (const [method, path] of [
      ['PATCH', ''],
      ['DELETE', ''],
      ['POST', '/uses'],
    ] as const) {
      expect(
        (await as(boris, method, `/${id}${path}`, method === 'PATCH' ? { title: 'x' } : undefined)).code,
      ).toBe('not_found')
    }
    expect(await as(anna, 'PATCH', `/${id}`, { title: 'Добрый день' })).toMatchObject({
      title: 'Добрый день',
    })
    expect(await as(anna, 'DELETE', `/${id}`)).toEqual({ done: true })
  })

  test('that are shared are made and changed by supervisors and designers only', async () => {
    const [agent, designer] = [aMember('agent'), aMember('designer')]
    expect((await as(agent, 'POST', '', draft({ shared: true }))).code).toBe('forbidden')
    const own = await as(agent, 'POST', '', draft())
    expect((await as(agent, 'PATCH', `/${own.id}`, { shared: true })).code).toBe('forbidden')
    const { id } = await as(designer, 'POST', '', draft({ shared: true }))
    expect((await as(agent, 'PATCH', `/${id}`, { title: 'Моё' })).code).toBe('forbidden')
    expect((await as(agent, 'DELETE', `/${id}`)).code).toBe('forbidden')
    expect(await as(aMember('supervisor'), 'PATCH', `/${id}`, { title: 'Наше' })).toMatchObject({
      title: 'Наше',
      shared: true,
    })
  })

  test('are listed with the most used first', async () => {
    const agent = aMember('agent')
    const { id } = await as(agent, 'POST', '', draft())
    await as(agent, 'POST', `/${id}/uses`)
    await as(agent, 'POST', `/${id}/uses`)
    expect((await as(agent, 'GET'))[0]).toMatchObject({ id, uses: 2 })
  })
})
