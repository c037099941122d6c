import { readFile } from 'node:fs/promises'
import { createContext, runInContext } from 'node:vm'
import { beforeEach, expect, test } from 'vitest'

const HOME = 'https://my.example/api/v1/my/home?line=1'
type Heard = { request: Request; respondWith(answer: Promise<Response>): void }
type Tapped = { notification: { data?: string; close(): void }; waitUntil(done: Promise<void>): void }
let network: () => Promise<Response>
let ask: () => Promise<Response>
/** Where a tap on a notification leads. */
let tap: (data?: string) => Promise<string>

beforeEach(async () => {
  const kept = new Map<string, Response>()
  const cache = {
    put: async (request: Request, answer: Response) => void kept.set(request.url, answer),
    match: async (request: Request) => kept.get(request.url)?.clone(),
    delete: async (request: Request) => kept.delete(request.url),
  }
  const hearers = new Map<string, (event: Heard | Tapped) => void>()
  let opened = ''
  const self = {
    addEventListener: (name: string, hear: (event: Heard | Tapped) => void) => hearers.set(name, hear),
    clients: {
      openWindow: async (address: string) => {
        opened = address
      },
    },
  }
  const surroundings = {
    self,
    caches: { open: async () => cache, delete: async () => kept.clear() },
    location: { origin: 'https://my.example' },
    fetch: () => network(),
    URL,
    Request,
    AbortSignal,
  }
  runInContext(await readFile(new URL('public/sw.js', import.meta.url), 'utf8'), createContext(surroundings))
  ask = () =>
    new Promise((resolve, reject) =>
      hearers.get('fetch')!({
        request: new Request(HOME),
        respondWith: (answer) => void answer.then(resolve, reject),
      }),
    )
  tap = async (data) => {
    await new Promise<void>((resolve) =>
      hearers.get('notificationclick')!({
        notification: { ...(data !== undefined && { data }), close: () => undefined },
        waitUntil: (done) => void done.then(resolve),
      }),
    )
    return opened
  }
})

test.each([502, 503, 504])('what was seen last is shown while the answer is %i', async (status) => {
  network = async () => new Response('{}', { status })
  expect((await ask()).status).toBe(status)
  network = async () => new Response('seen')
  expect(await (await ask()).text()).toBe('seen')
  network = async () => new Response('{}', { status })
  expect(await (await ask()).text()).toBe('seen')
  network = () => Promise.reject(new TypeError('no network'))
  expect(await (await ask()).text()).toBe('seen')
})

test('a device that others use too keeps nothing of a person', async () => {
  network = async () => new Response('seen', { headers: { 'cache-control': 'no-store' } })
  expect(await (await ask()).text()).toBe('seen')
  network = async () => new Response('{}', { status: 503 })
  expect((await ask()).status).toBe(503)
})

test('who is signed out sees nothing of it any more', async () => {
  network = async () => new Response('seen')
  await ask()
  network = async () => new Response('{}', { status: 401 })
  expect((await ask()).status).toBe(401)
  network = async () => new Response('{}', { status: 503 })
  expect((await ask()).status).toBe(503)
})

test('a tapped knock leads to what it is about, and an older one to the chat', async () => {
  expect(await tap('home')).toBe('/my/')
  expect(await tap('market')).toBe('/my/market')
  expect(await tap('help')).toBe('/my/help/chat')
  expect(await tap('constructor')).toBe('/my/help/chat')
  expect(await tap()).toBe('/my/help/chat')
})
