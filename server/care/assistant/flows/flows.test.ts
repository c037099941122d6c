import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { flows as contract } from '../../../../contracts/assistant.ts'
import type { Flow } from '../../../../contracts/flows.ts'
import { anApp } from '../../../../test/factories/app.ts'
import { createTestDatabase, type TestDatabase } from '../../../../test/postgres/index.ts'
import { manualClock } from '../../../platform/clock.ts'
import { type Staff, serve } from '../../../platform/http/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import { FIRST_FLOWS } from '../first-flows/index.ts'
import { plainUnderstanding } from '../plain-understanding.ts'
import { type FlowsDeps, flowsHandlers } from './flows-http.ts'
import { seedFlows } from './seed-flows.ts'

const clock = manualClock('2026-11-24T09:00:00Z')
const words = (ru: string) => ({ ru, en: ru })
const told: Parameters<FlowsDeps['changed']>[1][] = []
let database: TestDatabase
let app: ReturnType<typeof anApp>
const pavel = {
  kind: 'agent',
  id: newId(clock),
  name: 'Павел Дизайнер',
  roles: ['designer'],
} as unknown as Staff

beforeAll(async () => {
  database = await createTestDatabase()
  app = anApp()
  const { read } = plainUnderstanding('RU')
  const handlers = flowsHandlers({
    clock,
    ears: async () => ({ meaning: () => null, read, choose: () => null }),
    links: { topUp: 'https://my.example/top-up', market: 'https://my.example/market' },
    changed: async (_, change) => void told.push(change),
  })
  serve(app, { db: database.db, clock, authenticate: async () => pavel }, contract, handlers)
  await app.ready()
})
afterAll(async () => {
  await app.close()
  await database.drop()
})

const call = async (method: 'GET' | 'POST' | 'PUT', path: string, payload?: object) => {
  const answer = await app.inject({ method, url: `/api/v1/flows${path}`, ...(payload && { payload }) })
  return {
    status: answer.statusCode,
    body: String(answer.headers['content-type']).includes('json') ? answer.json() : answer.body,
  }
}

const aFlow = (text: string, part: Partial<Flow> = {}): Flow => ({
  title: words('Проба'),
  intents: [],
  start: 'one',
  slots: {},
  nodes: { one: { kind: 'end', words: words(text), done: true } },
  ...part,
})

describe('flows', () => {
  test('begin with those that are shipped, published, once', async () => {
    expect(await Promise.all([1, 2].map(() => seedFlows(database.db, clock, 'Отклик')))).toContain(true)
    expect(await seedFlows(database.db, clock, 'Отклик')).toBe(false)
    const { body } = await call('GET', '')
    expect(body.map((one: { key: string }) => one.key)).toEqual([...FIRST_FLOWS].sort())
    expect(body.every((one: { publishedVersion: number }) => one.publishedVersion === 1)).toBe(true)
    expect((await call('GET', `/${FIRST_FLOWS[0]}`)).body.writtenBy).toMatchObject({ id: null })
  })

  test('are drafted, published, drafted again, rolled back; the history says by whom', async () => {
    const created = await call('POST', '', { key: 'bye', flow: aFlow('Пока') })
    expect(created).toMatchObject({ status: 200, body: { version: 1, publishedVersion: null, problems: [] } })
    const published = await call('POST', '/bye/publication', { basedOn: 1 })
    expect(published.body).toMatchObject({ version: 2, publishedVersion: 1 })
    await call('PUT', '/bye/draft', { basedOn: 2, flow: aFlow('До свидания') })
    expect((await call('POST', '/bye/publication', { basedOn: 3 })).body).toMatchObject({
      publishedVersion: 3,
    })
    const back = await call('POST', '/bye/rollback', { basedOn: 4, to: 1 })
    expect(back.body).toMatchObject({ version: 5, publishedVersion: 1, draftVersion: 3 })
    expect(back.body.writtenBy).toEqual({ id: pavel.id, name: 'Павел Дизайнер' })
    const { body } = await call('GET', '/bye/history')
    expect(
      body.items.map((one: { act: string; flowVersion: number; by: string }) => [
        one.act,
        one.flowVersion,
        one.by,
      ]),
    ).toEqual([
      ['rolled-back', 1, 'Павел Дизайнер'],
      ['published', 3, 'Павел Дизайнер'],
      ['drafted', 3, 'Павел Дизайнер'],
      ['published', 1, 'Павел Дизайнер'],
      ['drafted', 1, 'Павел Дизайнер'],
    ])
    expect(told.map(({ act, flowVersion }) => [act, flowVersion])).toEqual([
      ['published', 1],
      ['published', 3],
      ['rolled-back', 1],
    ])
    const changes = await call('GET', '/bye/versions/3/changes?since=1')
    expect(changes.body).toEqual([expect.objectContaining({ part: 'node', name: 'one', change: 'changed' })])
  })

  test('keep an unfinished text as a draft, say what is wrong with it where, and publish it never', async () => {
    const broken = aFlow('Да', {
      nodes: { one: { kind: 'say', words: { ru: 'Да', en: '' }, next: 'gone' } },
    })
    const { body } = await call('POST', '', { key: 'broken', flow: broken })
    expect(body.problems).toEqual([
      { node: 'one', problem: 'unknown-node', about: 'gone' },
      { node: 'one', problem: 'missing-language', about: null },
    ])
    const refused = await call('POST', '/broken/publication', { basedOn: 1 })
    expect(refused).toMatchObject({
      status: 400,
      body: { code: 'invalid_request', facts: { problems: body.problems } },
    })
  })

  test('refuse who saw an older version, a text that was never in force, a key or an intent that is taken', async () => {
    await call('POST', '', { key: 'twice', flow: aFlow('Раз', { intents: ['balance'] }) })
    expect(await call('POST', '', { key: 'twice', flow: aFlow('Два') })).toMatchObject({ status: 409 })
    expect(await call('PUT', '/twice/draft', { basedOn: 7, flow: aFlow('Два') })).toMatchObject({
      status: 409,
      body: { facts: { current: 1 } },
    })
    expect(await call('POST', '/twice/rollback', { basedOn: 1, to: 1 })).toMatchObject({ status: 409 })
    expect((await call('POST', '/twice/publication', { basedOn: 1 })).body.facts.problems).toEqual([
      { node: null, problem: 'intent-taken', about: 'balance' },
    ])
  })

  test('leave as a file and come back as a draft; what is no flow says where', async () => {
    const { body: yaml } = await call('GET', '/left/versions/1/yaml')
    expect(yaml).toMatch(/^title:\n {2}ru: Остатки и баланс\n/)
    const { body: before } = await call('GET', '/left')
    const came = await call('PUT', '/left/yaml', {
      basedOn: before.version,
      yaml: yaml.replace('Остатки и баланс', 'Остатки'),
    })
    expect(came.body).toMatchObject({ title: { ru: 'Остатки' }, publishedVersion: 1, problems: [] })
    expect(came.body.flow.nodes).toEqual(before.flow.nodes)
    const made = await call('PUT', '/copy/yaml', { basedOn: null, yaml })
    expect(made.body).toMatchObject({ key: 'copy', version: 1 })
    for (const bad of ['title: [', 'title: 5', 'a: &a [1]\nb: *a\n'])
      expect(await call('PUT', '/nothing/yaml', { basedOn: null, yaml: bad })).toMatchObject({
        status: 400,
        body: { facts: { in: 'yaml' } },
      })
  })

  test('can be tried before they are published: in words, by buttons and by keys of a phone', async () => {
    const { body } = await call('POST', '/promised-payment/trial', {
      locale: 'ru',
      inputs: [
        { said: 'сто' },
        { said: '100' },
        {
          result: {
            outcome: 'preview',
            effects: words('Придёт 100 ₽, через 3 дня спишется 110 ₽.'),
            digest: 'd',
          },
        },
        { said: '1' },
        { result: { outcome: 'done' } },
      ],
    })
    expect(body.turns.map((turn: { text: string }) => turn.text)).toEqual([
      'На сколько рублей? От 50 до 500.',
      'Напишите сумму от 50 до 500 рублей, например 100.',
      '',
      'Придёт 100 ₽, через 3 дня спишется 110 ₽. Подтверждаете?',
      '',
      'Готово, 100\u00a0₽ уже на счёте.',
    ])
    expect(body.turns[3]).toMatchObject({
      keys: { 0: 2, 1: 0, 2: 1 },
      say: 'Придёт 100 ₽, через 3 дня спишется 110 ₽. Подтверждаете? Да — нажмите 1. Нет — нажмите 2. Чтобы позвать человека, нажмите 0.',
      waitsFor: 'words',
    })
    expect(body.turns[5]).toMatchObject({ waitsFor: 'nothing', effect: { kind: 'end', done: true } })
  })

  const LINE = {
    balanceKopecks: 35_000,
    state: 'active',
    left: 'Осталось: 5 ГБ.',
    tariff: 'Бриз',
    spentKopecks: 45_000,
    subscriptions: ['Гороскоп', 'Кино'],
    options: [],
    available: ['Ещё 20 ГБ'],
    roaming: [],
    tariffs: ['Штиль'],
    edge: 'does',
  }

  test('are tried on a line that there is not: who is unknown shows who they are first, and is asked before anything is done', async () => {
    const play = async (inputs: object[], line = {}) =>
      (
        await call('POST', '/subscriptions/trial', {
          locale: 'ru',
          line: { ...LINE, ...line },
          inputs,
        })
      ).body
    const shown = [{ said: '89000000101' }, { said: '123456' }]
    const unknown = await play([])
    expect(unknown.turns.at(-1)).toMatchObject({ node: 'look', did: { outcome: 'prove' }, waitsFor: 'words' })
    const proved = await play(shown)
    expect(proved.turns.at(-1)).toMatchObject({
      text: 'Подписки: Гороскоп; Кино.',
      way: ['any', 'several'],
      after: 2,
      did: { what: 'subscriptions', outcome: 'facts' },
    })
    expect(proved.turns.find((turn: { after: number }) => turn.after === 1).secret).toBe(false)
    const stopped = await play([...shown, { said: 'Отключить все' }, { said: 'да' }])
    expect(stopped.turns.at(-1)).toMatchObject({ node: 'all-stopped', waitsFor: 'nothing' })
    const refused = await play([...shown], { edge: 'refuses' })
    expect(refused.turns.at(-1)).toMatchObject({ effect: { kind: 'hand-over', why: 'flow' }, node: 'no' })
    const away = await play([...shown], { edge: 'is-away' })
    expect(away.turns.at(-1)).toMatchObject({ node: 'away' })
  })

  test('are tried on into other flows, with what was known before; a silence counts as not understood', async () => {
    const inputs = [{ said: 'Остатки и баланс' }, { silence: true }, { silence: true }]
    const { body } = await call('POST', '/main/trial', { locale: 'ru', trust: 4, line: LINE, inputs })
    const last = body.turns.at(-1)
    expect(body.turns.map((turn: { flow: string }) => turn.flow)).toEqual([
      'main',
      'main',
      'left',
      'left',
      'left',
      'left',
    ])
    expect(last).toMatchObject({ effect: { kind: 'hand-over', why: 'not-understood' } })
    expect(body.turns[3]).toMatchObject({
      text: 'На счёте 350\u00a0₽. Осталось: 5 ГБ.\n\n\nЧто-нибудь ещё?',
      way: ['tell', 'low', 'more'],
    })
  })

  test('are tried and checked as they stand on a screen, before anything is kept', async () => {
    const flow = aFlow('Сейчас {hour}', { start: 'two' })
    const tried = await call('POST', '/left/trial', { locale: 'ru', flow, facts: { hour: 7 }, inputs: [] })
    expect(tried.body.turns[0]).toMatchObject({ effect: { kind: 'hand-over', why: 'failed' } })
    const mended = { ...flow, start: 'one' }
    const again = await call('POST', '/left/trial', {
      locale: 'ru',
      flow: mended,
      facts: { hour: 7 },
      inputs: [],
    })
    expect(again.body.turns[0]).toMatchObject({ text: 'Сейчас 7', waitsFor: 'nothing' })
    expect((await call('POST', '/left/check', { flow })).body).toEqual([
      { node: null, problem: 'unknown-node', about: 'two' },
      { node: 'one', problem: 'unreachable', about: null },
    ])
    expect((await call('POST', '/left/check', { flow: mended })).body).toEqual([])
  })
})
