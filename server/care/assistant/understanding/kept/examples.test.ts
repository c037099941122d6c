import { randomUUID } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { assistantExamples } from '../../../../../contracts/assistant-examples.ts'
import type { StaffRole } from '../../../../../contracts/route.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../test/postgres/index.ts'
import { manualClock } from '../../../../platform/clock.ts'
import { answerFailure, type Staff, serve } from '../../../../platform/http/index.ts'
import { seedTopics } from '../../../topics/index.ts'
import {
  assistantExamplesHandlers,
  type ExamplesChange,
  FIRST_INTENTS,
  forgetUnanswered,
  keepUnanswered,
  type LiveUnderstanding,
  seedExamples,
  startUnderstanding,
} from '../index.ts'

/** Training takes seconds of a processor that others use too. */
const TRAINED_WITHIN_MS = 180_000
const clock = manualClock('2026-11-24T09:00:00Z')
const changes: ExamplesChange[] = []
const defects: unknown[] = []
let database: TestDatabase
let live: LiveUnderstanding
let app: FastifyInstance
let actor: Staff
beforeAll(async () => {
  database = await createTestDatabase()
  await seedTopics(database.db, clock, 'Otklik')
  expect(await seedExamples(database.db, clock, 'Otklik')).toBe(true)
  live = startUnderstanding({ db: database.db, clock, onDefect: (error) => defects.push(error) })
  app = Fastify()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(answerFailure)
  const changed = async (_: unknown, change: ExamplesChange) => void changes.push(change)
  serve(
    app,
    { db: database.db, clock, authenticate: async () => actor },
    assistantExamples,
    assistantExamplesHandlers({ clock, live, changed }),
  )
  actor = aMember('designer')
})
afterAll(async () => {
  await live.stop()
  await app.close()
  await database.drop()
  expect(defects).toEqual([])
})

const aMember = (...roles: StaffRole[]): Staff => ({
  kind: 'agent',
  id: randomUUID(),
  name: 'Павел',
  roles,
  sessionId: '',
  locked: false,
  secondFactorDue: false,
  passwordDue: false,
})

async function ask<T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, payload?: object) {
  const answer = await app.inject({ method, url: `/api/v1/assistant${path}`, ...(payload && { payload }) })
  return answer.json<T>()
}
interface Example {
  id: string
  code: string
  intent: string
  text: string
  facts: { intent: string }
}
const teach = (intent: string, text: string) => ask<Example>('POST', '/examples', { intent, text })
const intentOf = async (text: string) =>
  (await ask<{ intents: { intent: string }[] }>('POST', '/understanding', { text })).intents[0]?.intent

describe('what the assistant is taught', () => {
  test('is nothing before it has learned: it offers a menu rather than guess', () => {
    const fresh = startUnderstanding({ db: database.db, clock, onDefect: () => undefined })
    expect(fresh.understand('баланс')).toEqual({ verdict: 'unsure', intents: [], because: [] })
    return fresh.stop()
  })

  test('begins with the first examples, once', async () => {
    expect(await seedExamples(database.db, clock, 'Otklik')).toBe(false)
    const intents = await ask<{ key: string; examples: number }[]>('GET', '/intents')
    expect(intents.map(({ key }) => key)).toEqual(
      [...FIRST_INTENTS.map(({ key }) => key), 'out-of-scope'].sort(),
    )
    expect(intents.every(({ examples }) => examples >= 20)).toBe(true)
  })

  test(
    'is learned in a thread while the model before goes on serving, and within seconds',
    async () => {
      await live.drain()
      expect(await intentOf('сколько денег на балансе')).toBe('balance')
      await ask('PUT', '/intents/tv', { topicKey: null, title: { ru: 'Телевидение', en: 'Television' } })
      for (const text of [
        'подключите телевидение',
        'каналы тв не показывают',
        'цифровая приставка сломалась',
        'хочу смотреть тв',
      ])
        expect(await teach('tv', text)).toMatchObject({ intent: 'tv', text })
      expect(await intentOf('сколько денег на балансе')).toBe('balance')
      await live.drain()
      expect(await intentOf('приставка тв не показывает каналы')).toBe('tv')
      const training = await ask<Record<string, unknown>>('GET', '/training')
      expect(training).toMatchObject({ training: false, failure: null, trained: training.revision })
    },
    TRAINED_WITHIN_MS,
  )

  test('is shown page by page, newest first, with what each example would be taken for', async () => {
    const first = await ask<{ items: Example[]; next: string }>('GET', '/intents/balance/examples?limit=5')
    const second = await ask<{ items: Example[] }>(
      'GET',
      `/intents/balance/examples?limit=5&after=${first.next}`,
    )
    const ids = [...first.items, ...second.items].map(({ id }) => id)
    expect(ids).toEqual([...ids].sort().reverse())
    expect(new Set(ids).size).toBe(10)
    expect(first.items.every((item) => 'understoodAs' in item)).toBe(true)
    expect(await ask('GET', '/intents/nowhere/examples')).toMatchObject({ code: 'not_found' })
  })

  test('has the same words in one intent alone', async () => {
    const one = await teach('roaming', 'Еду в Монголию, что с тарифом?')
    expect(await teach('roaming', 'еду в монголию что с тарифом')).toEqual(one)
    expect(await teach('balance', 'ЕДУ в Монголию — что с тарифом')).toMatchObject({
      code: 'conflict',
      facts: { intent: 'roaming' },
    })
    expect(await teach('nowhere', 'что-то новое')).toMatchObject({ code: 'not_found' })
  })

  test('can be moved and removed; the audit is told what changed', async () => {
    const { id } = await teach('loyalty', 'летающие слоны за баллы')
    changes.length = 0
    expect(await ask('PATCH', `/examples/${id}`, { intent: 'discounts' })).toMatchObject({
      intent: 'discounts',
    })
    expect(await ask('DELETE', `/examples/${id}`)).toEqual({ done: true })
    expect(await ask('DELETE', `/examples/${id}`)).toEqual({ done: true })
    expect(await ask('PATCH', `/examples/${id}`, { intent: 'loyalty' })).toMatchObject({ code: 'not_found' })
    expect(changes.map(({ act }) => act)).toEqual(['example-moved', 'example-removed'])
  })

  test('is changed by designers only, and bound to topics that are there', async () => {
    const title = { ru: 'Ещё', en: 'More' }
    expect(await ask('PUT', '/intents/more', { topicKey: 'nowhere', title })).toMatchObject({
      code: 'invalid_request',
    })
    actor = aMember('supervisor')
    expect(await teach('balance', 'что на счёте у меня лежит')).toMatchObject({ code: 'forbidden' })
    actor = aMember('agent')
    expect(await ask('GET', '/confusions')).toMatchObject({ code: 'forbidden' })
    actor = aMember('designer')
  })

  test(
    'is shown by what is taken for what',
    async () => {
      await live.drain()
      const confusions = await ask<
        { intent: string; understoodAs: string; count: number; texts: string[] }[]
      >('GET', '/confusions')
      expect(confusions.length).toBeGreaterThan(10)
      for (const { intent, understoodAs, count, texts } of confusions) {
        expect(intent).not.toBe(understoodAs)
        expect(texts.length).toBe(Math.min(5, count))
      }
    },
    TRAINED_WITHIN_MS,
  )
})

describe('questions that the assistant was not sure of', () => {
  const keep = (text: string) =>
    keepUnanswered(database.db, clock, { text, best: live.understand(text).intents[0] })
  const heaps = () =>
    ask<{ text: string; times: number; questions: { id: string; text: string }[] }[]>('GET', '/unanswered')

  test('are kept without personal data, alike ones together, and taught in one go', async () => {
    await keep('можно ли у вас купить гитару')
    await keep('Можно ли у вас купить гитару?')
    await keep('купить гитару у вас можно')
    await keep('где лежит 5 слонов')
    await keep('мой номер 89161234567 перезвоните')
    await keep('пишите на ivan@example.com')
    const listed = await heaps()
    expect(listed.map(({ times }) => times)).toEqual([3, 1])
    expect(listed[1]?.text).toBe('где лежит 0 слонов')
    const ids = listed[0]!.questions.map(({ id }) => id)
    expect(ids).toHaveLength(2)
    expect(await ask('POST', '/unanswered/answers', { ids, intent: 'out-of-scope' })).toEqual({ done: true })
    expect(await heaps()).toHaveLength(1)
    const taught = await ask<{ items: Example[] }>('GET', '/intents/out-of-scope/examples?limit=2')
    expect(taught.items.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['можно ли у вас купить гитару', 'купить гитару у вас можно']),
    )
  })

  test('are forgotten after a month', async () => {
    clock.advance(31 * 86_400_000)
    await forgetUnanswered(database.db, clock)
    expect(await heaps()).toEqual([])
  })
})
