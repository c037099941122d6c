import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  type Article,
  type ArticleText,
  articles,
  type EditedArticle,
  help,
} from '../../../contracts/articles.ts'
import type { StaffRole } from '../../../contracts/route.ts'
import { anApp } from '../../../test/factories/app.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { manualClock } from '../../platform/clock.ts'
import { one, rows, sql } from '../../platform/database/index.ts'
import { type Actor, type Staff, serve } from '../../platform/http/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import { readTopicTree, seedTopics } from '../topics/index.ts'
import { articlesHandlers, forgetVotes, helpHandlers, seedArticles } from './index.ts'

const clock = manualClock('2026-11-24T09:00:00Z')
let database: TestDatabase
let app: FastifyInstance
let actor: Actor
const changes: { act: string; key: string; textVersion: number | null; by: string }[] = []
let limited = false

beforeAll(async () => {
  database = await createTestDatabase()
  await seedTopics(database.db, clock, 'Otklik')
  await seedArticles(database.db, clock, 'Otklik')
  app = anApp()
  const options = { db: database.db, clock, authenticate: async () => actor }
  const limit = async () => {
    if (limited) throw new Refusal('rate_limited')
  }
  const changed = async (
    _tx: unknown,
    { by, ...change }: { by: { name: string } } & Omit<(typeof changes)[0], 'by'>,
  ) => {
    changes.push({ ...change, by: by.name })
  }
  serve(app, options, help, helpHandlers({ clock, limit }))
  serve(app, options, articles, articlesHandlers({ clock, changed }))
})
afterAll(async () => {
  await app.close()
  await database.drop()
})
beforeEach(() => {
  actor = { kind: 'anonymous' }
  limited = false
})

const aMember = (role: StaffRole, more: Partial<Staff> = {}): Staff => ({
  kind: 'agent',
  id: randomUUID(),
  name: 'Павел',
  roles: [role],
  sessionId: '',
  locked: false,
  secondFactorDue: false,
  passwordDue: false,
  ...more,
})

async function ask<T>(
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  payload?: object,
  key?: string,
): Promise<T> {
  const answer = await app.inject({
    method,
    url: `/api/v1/${path}`,
    ...(payload && { payload }),
    ...(key && { headers: { 'idempotency-key': key } }),
  })
  return answer.json<T>()
}
type Refused = { code: string; facts?: Record<string, unknown> }
const read = (key: string, locale = 'ru') =>
  ask<Article & Refused>('GET', `help/articles/${key}?locale=${locale}`)
const find = async (q: string) => {
  const { hits } = await ask<{ hits: { key: string }[] }>('GET', `help/search?q=${encodeURIComponent(q)}`)
  return hits.map((hit) => hit.key)
}

const aText = (title: string, more: Partial<ArticleText> = {}): ArticleText => ({
  topicId: null,
  audience: 'public',
  ru: { title, keywords: [], body: `Слово о том, что такое ${title}.` },
  en: null,
  ...more,
})

let made = 0
const aKey = () => `made-${++made}`

/** The designer's acts, each on top of what the last one answered. */
async function anArticle(text: ArticleText, key = aKey()) {
  actor = aMember('designer')
  let article = await ask<EditedArticle>('POST', 'articles', { key, text })
  const act = async (method: 'POST' | 'PUT', path: string, body: object = {}) => {
    actor = aMember('designer')
    const said = await ask<EditedArticle & Refused>(method, `articles/${article.id}/${path}`, {
      basedOn: article.version,
      ...body,
    })
    if (said.version) article = said
    actor = { kind: 'anonymous' }
    return said
  }
  actor = { kind: 'anonymous' }
  return {
    key,
    get it() {
      return article
    },
    draft: (next: ArticleText) => act('PUT', 'draft', { text: next }),
    publish: () => act('POST', 'publication'),
    rollBack: (to: number) => act('POST', 'rollback', { to }),
    retire: () => act('POST', 'retirement'),
    act,
  }
}

describe('an article', () => {
  test('is not called as its place in help would be taken by the chat', async () => {
    actor = aMember('designer')
    const refused = await ask<Refused>('POST', 'articles', { key: 'chat', text: aText('Чат') })
    expect(refused.code).toBe('invalid_request')
    expect(await ask('POST', 'articles', { key: 'chat-on-site', text: aText('Чат') })).toMatchObject({
      key: 'chat-on-site',
    })
  })

  test('is found by nobody before it is published, and keeps its text in force while a newer one is drafted', async () => {
    const article = await anArticle(aText('Квакозябра'))
    expect(await read(article.key)).toMatchObject({ code: 'not_found' })
    expect(await find('квакозябра')).toEqual([])
    expect(await article.publish()).toMatchObject({
      state: 'published',
      textVersion: 1,
      publishedVersion: 1,
      version: 2,
    })
    expect(await find('квакозябры')).toEqual([article.key])
    await article.draft(aText('Мурлокотам'))
    expect(article.it).toMatchObject({ textVersion: 3, publishedVersion: 1, state: 'published' })
    expect((await read(article.key)).title).toBe('Квакозябра')
    expect(await find('мурлокотам')).toEqual([])
    await article.publish()
    expect(await find('квакозябра')).toEqual([])
    expect(await find('мурлокотама')).toEqual([article.key])
  })

  test('is rolled back to a text that was in force; drafts stay, and nothing is lost', async () => {
    const article = await anArticle(aText('Первый'))
    await article.publish()
    await article.draft(aText('Второй'))
    await article.publish()
    await article.draft(aText('Третий'))
    expect(await article.rollBack(5)).toMatchObject({ code: 'not_found' })
    expect(await article.rollBack(1)).toMatchObject({ publishedVersion: 1, textVersion: 5 })
    expect((await read(article.key)).title).toBe('Первый')
    actor = aMember('designer')
    const { items } = await ask<{
      items: { version: number; act: string; textVersion: number; by: string }[]
    }>('GET', `articles/${article.it.id}/history`)
    expect(items.map(({ version, act, textVersion }) => [version, act, textVersion])).toEqual([
      [6, 'rolled-back', 1],
      [5, 'drafted', 5],
      [4, 'published', 3],
      [3, 'drafted', 3],
      [2, 'published', 1],
      [1, 'drafted', 1],
    ])
    expect(items.every(({ by }) => by === 'Павел')).toBe(true)
    const texts = await Promise.all(
      [1, 3, 5].map((version) => ask<ArticleText>('GET', `articles/${article.it.id}/texts/${version}`)),
    )
    expect(texts.map(({ ru }) => ru?.title)).toEqual(['Первый', 'Второй', 'Третий'])
  })

  test('is retired out of sight, keeps its key, and comes back by being published again', async () => {
    const article = await anArticle(aText('Хрюкотание'))
    await article.publish()
    expect(await article.retire()).toMatchObject({ state: 'retired', publishedVersion: null })
    expect(await read(article.key)).toMatchObject({ code: 'not_found' })
    expect(await find('хрюкотание')).toEqual([])
    actor = aMember('designer')
    expect(await ask('POST', 'articles', { key: article.key, text: aText('Другое') })).toMatchObject({
      code: 'conflict',
      facts: { key: article.key },
    })
    expect(await article.publish()).toMatchObject({ state: 'published' })
    expect(await find('хрюкотание')).toEqual([article.key])
  })

  test('lets only one of two designers change the version that both saw', async () => {
    const article = await anArticle(aText('Спорное'))
    actor = aMember('designer')
    const drafts = await Promise.all(
      ['Раз', 'Два'].map((title) =>
        ask<EditedArticle & Refused>('PUT', `articles/${article.it.id}/draft`, {
          basedOn: 1,
          text: aText(title),
        }),
      ),
    )
    expect(drafts.map(({ code, version }) => code ?? version).sort()).toEqual([2, 'conflict'])
    expect(drafts.find(({ code }) => code)?.facts).toEqual({ current: 2 })
    for (const path of ['publication', 'retirement'])
      expect(await ask('POST', `articles/${article.it.id}/${path}`, { basedOn: 1 })).toMatchObject({
        code: 'conflict',
      })
  })

  test('is drafted once by a write that is sent twice', async () => {
    const article = await anArticle(aText('Раз'))
    actor = aMember('designer')
    const send = () =>
      ask<EditedArticle>('PUT', `articles/${article.it.id}/draft`, { basedOn: 1, text: aText('Два') }, 'same')
    expect(await send()).toEqual(await send())
    expect((await ask<EditedArticle>('GET', `articles/${article.it.id}`)).version).toBe(2)
  })

  test('is not published with an address that would be no link, nor without words', async () => {
    const body = 'Нажмите [сюда](javascript:alert(1))'
    const article = await anArticle(aText('Злое', { ru: { title: 'Злое', keywords: [], body } }))
    expect(await article.publish()).toMatchObject({
      code: 'invalid_request',
      facts: { links: ['javascript:alert(1'] },
    })
    expect(await read(article.key)).toMatchObject({ code: 'not_found' })
    expect(await article.draft(aText('', { ru: null }))).toMatchObject({ code: 'invalid_request' })
  })

  test('tells the audit what readers find from now on, and of drafts nothing', async () => {
    changes.length = 0
    const article = await anArticle(aText('Учтённое'))
    await article.publish()
    await article.draft(aText('Черновик'))
    await article.rollBack(1)
    await article.retire()
    expect(changes).toEqual([
      { act: 'published', key: article.key, textVersion: 1, by: 'Павел' },
      { act: 'rolled-back', key: article.key, textVersion: 1, by: 'Павел' },
      { act: 'retired', key: article.key, textVersion: null, by: 'Павел' },
    ])
  })
})

describe('an article in one language', () => {
  test('is read in it by readers of the other, and says so', async () => {
    const article = await anArticle(aText('Только по-русски'))
    await article.publish()
    expect(await read(article.key, 'en')).toMatchObject({ locale: 'ru', languages: ['ru'] })
    const en = { title: 'Now in English', keywords: [], body: 'Words.' }
    await article.draft(aText('Теперь на двух', { en }))
    await article.publish()
    expect(await read(article.key, 'en')).toMatchObject({
      locale: 'en',
      languages: ['ru', 'en'],
      title: 'Now in English',
    })
    expect(await read(article.key)).toMatchObject({ locale: 'ru', title: 'Теперь на двух' })
  })
})

describe('what is meant for agents', () => {
  test.each<[string, () => Actor]>([
    ['nobody', () => ({ kind: 'anonymous' })],
    [
      'a visitor',
      () => ({
        kind: 'visitor',
        id: randomUUID(),
        contactPointId: randomUUID(),
        channelAccountId: randomUUID(),
      }),
    ],
    ['another system', () => ({ kind: 'service', id: randomUUID(), name: 'CRM', scopes: ['read'] })],
    ['a locked desk', () => aMember('agent', { locked: true })],
    ['a desk that owes its second factor', () => aMember('agent', { secondFactorDue: true })],
    ['a desk that owes its password', () => aMember('agent', { passwordDue: true })],
  ])('is neither listed nor found nor read by %s', async (_, who) => {
    actor = who()
    expect(await read('upset-person')).toMatchObject({ code: 'not_found' })
    expect(await find('человек злится кричит')).not.toContain('upset-person')
    const { items } = await ask<{ items: { audience: string }[] }>('GET', 'help/articles?limit=100')
    expect(items.length).toBeGreaterThan(10)
    expect(items.every(({ audience }) => audience === 'public')).toBe(true)
    const vote = { id: randomUUID(), helpful: true }
    expect(await ask('POST', 'help/articles/upset-person/votes', vote)).toMatchObject({ code: 'not_found' })
  })

  test('is found by those at work, beside what is public', async () => {
    actor = aMember('agent')
    expect((await find('человек злится кричит'))[0]).toBe('upset-person')
    expect(await find('роуминг')).toContain('roaming')
    expect(await read('emergency-112')).toMatchObject({ audience: 'agents' })
  })
})

describe('the list of articles', () => {
  test('comes page by page by title, without gaps or repeats', async () => {
    type Page = { items: { key: string; title: string }[]; next: string | null }
    const whole = await ask<Page>('GET', 'help/articles?limit=100')
    const listed: string[] = []
    let after: string | null = ''
    while (after !== null) {
      const page: Page = await ask<Page>(
        'GET',
        `help/articles?limit=4${after && `&after=${encodeURIComponent(after)}`}`,
      )
      listed.push(...page.items.map(({ key }) => key))
      after = page.next
    }
    expect(listed).toEqual(whole.items.map(({ key }) => key))
    const titles = whole.items.map(({ title }) => title)
    expect(titles).toEqual([...titles].sort(new Intl.Collator('ru').compare))
    expect(await ask('GET', 'help/articles?after=nonsense')).toMatchObject({ code: 'invalid_request' })
  })

  test('tells of each its topic and section, and narrows to a topic with all below it', async () => {
    const { topics } = await readTopicTree(database.db)
    const money = topics.find(({ key }) => key === 'money')!
    const { items } = await ask<{
      items: { key: string; topic: { title: string }; section: { title: string } }[]
    }>('GET', `help/articles?topicId=${money.id}`)
    expect(items.map(({ key }) => key).sort()).toEqual([
      'charges',
      'money-transfer',
      'promised-payment',
      'top-up',
    ])
    expect(items.find(({ key }) => key === 'charges')).toMatchObject({
      topic: { title: 'Баланс и списания' },
      section: { title: 'Деньги и платежи' },
    })
  })
})

describe('for the topic of a conversation', () => {
  test('its own articles are suggested first, then its neighbours, those that helped before others', async () => {
    const { topics } = await readTopicTree(database.db)
    const topicId = topics.find(({ key }) => key === 'balance')!.id
    const suggest = async () => {
      actor = aMember('agent')
      const cards = await ask<{ key: string }[]>('GET', `help/suggestions?topicId=${topicId}`)
      return cards.map(({ key }) => key)
    }
    expect(await suggest()).toEqual(['charges', 'promised-payment', 'money-transfer', 'top-up'])
    for (const [key, helpful] of [
      ['top-up', true],
      ['promised-payment', false],
    ] as const)
      await ask('POST', `help/articles/${key}/votes`, { id: randomUUID(), helpful })
    expect(await suggest()).toEqual(['charges', 'top-up', 'money-transfer', 'promised-payment'])
  })
})

describe('whether an article helped', () => {
  const counted = (key: string) =>
    rows(
      database.db,
      sql<{ day: string; yes: number; no: number }>`
        select h.day, h.yes, h.no from knowledge.helpfulness h join knowledge.article a on a.id = h.article_id
        where a.key = ${key} order by h.day`,
    )

  test('is counted by day; the same answer again counts once, another one moves it', async () => {
    const article = await anArticle(aText('Полезное'))
    await article.publish()
    const vote = (id: string, helpful: boolean) =>
      ask('POST', `help/articles/${article.key}/votes`, { id, helpful })
    const mine = randomUUID()
    expect(await vote(mine, true)).toEqual({ done: true })
    await vote(mine, true)
    await vote(randomUUID(), true)
    expect(await counted(article.key)).toEqual([{ day: '2026-11-24', yes: 2, no: 0 }])
    await vote(mine, false)
    expect(await counted(article.key)).toEqual([{ day: '2026-11-24', yes: 1, no: 1 }])
    clock.advance(86_400_000)
    await vote(randomUUID(), false)
    expect(await counted(article.key)).toEqual([
      { day: '2026-11-24', yes: 1, no: 1 },
      { day: '2026-11-25', yes: 0, no: 1 },
    ])
    actor = aMember('designer')
    expect(await ask('GET', `articles/${article.it.id}`)).toMatchObject({ helpful: { yes: 1, no: 2 } })
  })

  test('is counted once when the same answer comes many times at once', async () => {
    const article = await anArticle(aText('Нетерпеливое'))
    await article.publish()
    const body = { id: randomUUID(), helpful: true }
    await Promise.all(
      Array.from({ length: 8 }, () => ask('POST', `help/articles/${article.key}/votes`, body)),
    )
    expect(await counted(article.key)).toMatchObject([{ yes: 1, no: 0 }])
    expect(await ask('POST', 'help/articles/roaming/votes', body)).toMatchObject({
      code: 'idempotency_key_reused',
    })
  })

  test('leaves nothing behind of who answered: after a day not even the id', async () => {
    await ask('POST', 'help/articles/roaming/votes', { id: randomUUID(), helpful: true })
    clock.advance(86_400_001)
    expect(await forgetVotes(database.db, clock)).toBeGreaterThan(0)
    expect(await one(database.db, sql<{ n: number }>`select count(*) as n from knowledge.vote`)).toEqual({
      n: 0,
    })
    expect(await counted('roaming')).toHaveLength(1)
  })

  test('and searching are refused to who asks too often, but never to staff’s searches', async () => {
    limited = true
    expect(await ask('GET', 'help/search?q=esim')).toMatchObject({ code: 'rate_limited' })
    expect(await ask('POST', 'help/articles/esim/votes', { id: randomUUID(), helpful: true })).toMatchObject({
      code: 'rate_limited',
    })
    actor = aMember('agent')
    expect(await find('esim')).toContain('esim')
  })
})

describe('the authors’ list', () => {
  test('has drafts, published and retired articles by key, and says where a newer text waits', async () => {
    const article = await anArticle(aText('В списке'), 'aaa-listed')
    const row = async (state = '') => {
      actor = aMember('designer')
      const { items } = await ask<{ items: { key: string; state: string; unpublished: boolean }[] }>(
        'GET',
        `articles?limit=1${state && `&state=${state}`}`,
      )
      return items[0]
    }
    expect(await row()).toMatchObject({ key: 'aaa-listed', state: 'draft', unpublished: true })
    await article.publish()
    expect(await row()).toMatchObject({
      state: 'published',
      unpublished: false,
      title: 'В списке',
      languages: ['ru'],
    })
    await article.draft(aText('Новее'))
    expect(await row()).toMatchObject({ state: 'published', unpublished: true, title: 'Новее' })
    await article.retire()
    expect(await row('retired')).toMatchObject({ key: 'aaa-listed' })
    expect((await row('published'))?.key).not.toBe('aaa-listed')
  })
})

describe('the first articles', () => {
  test('are there once, in both languages, each link of theirs leading to another of them', async () => {
    expect(await seedArticles(database.db, clock, 'Otklik')).toBe(false)
    const documents = await rows(
      database.db,
      sql<{ key: string; locale: string; body: string; languages: string[] }>`
        select d.key, d.locale, d.body, d.languages from knowledge.document d join knowledge.article a on a.id = d.article_id
        where a.changed_by = 'Otklik'`,
    )
    const keys = new Set(documents.map(({ key }) => key))
    expect(documents.length).toBe(keys.size * 2)
    expect(keys.size).toBeGreaterThanOrEqual(16)
    for (const { body, languages } of documents) {
      expect(languages).toEqual(['ru', 'en'])
      for (const [, to] of body.matchAll(/\(article:([^)]*)\)/g)) expect(keys).toContain(to)
    }
  })

  test('speak to people: no phrase that irritates, no bureaucratese, no raw HTML', async () => {
    const documents = await rows(
      database.db,
      sql<{
        key: string
        plain: string
        audience: string
      }>`select key, title || ' ' || plain as plain, audience from knowledge.document where audience = 'public'`,
    )
    for (const { key, plain } of documents) {
      expect(`${key}: ${plain}`).not.toMatch(
        /очень важен|приносим извинения|к сожалению|доставленные неудобства|ожидайте ответа|оставайтесь на линии|осуществля|в целях|в случае возникновения|необходимо обратиться|вышеуказанн|your call is important|our policy|unfortunately|<[a-z]/i,
      )
    }
  })
})
