import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { aCaller, aStaffCaller, type Caller, Refused } from '../factories/caller.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'

const { help, articles, privacy, staff } = contracts
const SHOP = 'https://shop.example'
let otklik: TestOtklik
let designer: Caller

beforeAll(async () => {
  otklik = await anOtklik()
  await otklik.openDoor({
    kind: 'web-chat',
    name: 'Магазин',
    policy: 'full',
    settings: { allowedOrigins: [SHOP] },
    secrets: {},
  })
  designer = await aStaffCaller(otklik.url, otklik.logins.pavel)
})
afterAll(() => otklik.end())

describe('help on a site that may embed the chat', () => {
  const ask = (path: string, origin: string, method = 'GET') =>
    fetch(`${otklik.url}/api/v1/${path}`, {
      method,
      headers: { origin, ...(method === 'OPTIONS' && { 'access-control-request-method': 'POST' }) },
    })

  test('may be read and voted on by that site’s pages, and by no other', async () => {
    for (const path of ['help/search?q=roaming', 'help/articles/roaming', 'help/articles']) {
      expect((await ask(path, SHOP)).headers.get('access-control-allow-origin')).toBe(SHOP)
      expect((await ask(path, 'https://evil.example')).headers.get('access-control-allow-origin')).toBeNull()
    }
    const preflight = await ask('help/articles/roaming/votes', SHOP, 'OPTIONS')
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe(SHOP)
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull()
  })

  test('does not open the authors’ side to it', async () => {
    expect((await ask('articles', SHOP)).headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('an article that a designer publishes', () => {
  test('is found by everybody on the spot, and stands in the audit', async () => {
    const text = {
      topicId: null,
      audience: 'public',
      ru: { title: 'Мегафонарик', keywords: [], body: 'Включите **Мегафонарик** в настройках.' },
      en: null,
    }
    const made = await designer.call(articles.createArticle, { body: { key: 'torch', text }, key: uuid() })
    await designer.call(articles.publishArticle, {
      params: { id: made.id },
      body: { basedOn: made.version },
      key: uuid(),
    })
    const found = await aCaller(otklik.url).call(help.searchArticles, { query: { q: 'мегафонарики' } })
    expect(found.hits[0]).toMatchObject({ key: 'torch', excerpt: { hits: [{ from: 9, to: 20 }] } })
    const admin = await aStaffCaller(otklik.url, otklik.logins.admin)
    const { items } = await admin.call(privacy.listChanges, { query: { limit: 5 } })
    expect(items).toContainEqual(
      expect.objectContaining({
        act: 'article.published',
        subject: 'article:torch',
        after: { textVersion: 1 },
      }),
    )
  })
})

describe('a desk that locks', () => {
  test('reads help as anybody does until it is unlocked', async () => {
    const anna = await aStaffCaller(otklik.url, otklik.logins.anna)
    const read = () => anna.call(help.getArticle, { params: { key: 'upset-person' } })
    expect((await read()).audience).toBe('agents')
    await anna.call(staff.lockSession)
    await expect(read()).rejects.toThrow(Refused)
    expect((await anna.call(help.getArticle, { params: { key: 'roaming' } })).key).toBe('roaming')
  })
})
