import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { ErrorCode, Problem } from '../../../contracts/problems.ts'
import { Refusal } from '../refusal.ts'
import { createLog, createMetrics } from '../telemetry/index.ts'
import { type AppOptions, closeGracefully, corsForChat, createApp, createReadiness } from './index.ts'
import { PROBLEM_KINDS } from './problem-kinds.ts'

const apps: FastifyInstance[] = []
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close()
})

let webDir: string
beforeAll(async () => {
  webDir = await mkdtemp(path.join(os.tmpdir(), 'web-'))
  const files = {
    'desk/index.html': 'the desk',
    'desk/assets/app-a1B2c3D4.js': 'app',
    'widget/widget.js': 'loader',
    'widget/app-a1B2c3D4.js': 'chat',
    'site/index.html': 'the demo',
    'secret.txt': 'not for all',
  }
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(webDir, name)), { recursive: true })
    await writeFile(path.join(webDir, name), text)
  }
  const chat = path.join(webDir, 'widget/app-a1B2c3D4.js')
  await writeFile(`${chat}.gz`, gzipSync('chat'))
  await writeFile(`${chat}.br`, brotliCompressSync('chat'))
})
afterAll(() => rm(webDir, { recursive: true }))

type Change = Partial<AppOptions> & { routes?: (app: FastifyInstance) => void }

async function startApp({ routes, ...change }: Change = {}) {
  const lines: string[] = []
  const readiness = createReadiness()
  const app = await createApp({
    log: createLog({ level: 'debug', destination: { write: (line: string) => void lines.push(line) } }),
    metrics: createMetrics({ process: false }),
    readiness,
    publicUrl: 'http://127.0.0.1:3000',
    webDir,
    ...change,
  })
  routes?.(app)
  apps.push(app)
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    app,
    address,
    lines,
    readiness,
    get: (url: string, init?: RequestInit) => fetch(address + url, init),
  }
}

describe('every answer', () => {
  test('has security headers and gives the request id back', async () => {
    const { get } = await startApp()
    const { headers } = await get('/healthz', { headers: { 'x-request-id': 'trace-1234' } })
    expect(headers.get('x-request-id')).toBe('trace-1234')
    const policy = headers.get('content-security-policy')
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("connect-src 'self' ws://127.0.0.1:3000;")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('strict-transport-security')).toBeNull()
  })

  test('to an unknown address is a problem document', async () => {
    const { get } = await startApp()
    const answer = await get('/nowhere')
    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(await answer.json()).toMatchObject({ code: 'not_found', status: 404 })
  })

  test('tells what its contract names, and nothing else', async () => {
    const { get } = await startApp({
      routes: (app) =>
        app.get(
          '/line',
          { schema: { response: { 200: z.object({ balance: z.number(), at: z.iso.datetime() }) } } },
          async () => ({ balance: 5, at: '2027-01-01T00:00:00Z', secret: 'word' }),
        ),
    })
    expect(await (await get('/line')).text()).toBe('{"balance":5,"at":"2027-01-01T00:00:00Z"}')
  })

  test('that is not what its contract says is a defect', async () => {
    const { get, lines } = await startApp({
      routes: (app) =>
        app.get('/line', { schema: { response: { 200: z.object({ balance: z.number() }) } } }, async () => ({
          balance: 'five',
        })),
    })
    expect((await get('/line')).status).toBe(500)
    expect(lines.filter((line) => line.includes('"defect"'))).toHaveLength(1)
  })

  test('insists on https where the public address has it', async () => {
    const { get } = await startApp({ publicUrl: 'https://care.example.ru' })
    const { headers } = await get('/healthz')
    expect(headers.get('strict-transport-security')).toContain('max-age=')
    expect(headers.get('content-security-policy')).toContain('wss://care.example.ru')
  })

  test('is measured by its route and logged without its query', async () => {
    const { get, lines } = await startApp()
    await get('/healthz?phone=79001234567')
    const { text } = { text: await (await get('/metrics')).text() }
    expect(text).toMatch(
      /otklik_http_request_duration_seconds_count\{method="GET",route="\/healthz",status="200"\} 1/,
    )
    expect(lines.join('')).not.toContain('79001234567')
  })
})

describe('bad input', () => {
  const echo = (app: FastifyInstance) =>
    app.post('/echo', { schema: { body: z.object({ n: z.number() }) } }, async ({ body }) => body)
  const post = { method: 'POST', headers: { 'content-type': 'application/json' } }

  test.each([
    ['malformed JSON', '{"n":', 400, 'malformed_json'],
    ['a value of the wrong type', '{"n":"secret"}', 400, 'invalid_request'],
    ['more than a megabyte', JSON.stringify({ n: 1, pad: 'x'.repeat(1_100_000) }), 413, 'payload_too_large'],
  ])('%s is refused in words', async (_, body, status, code) => {
    const { get, lines } = await startApp({ routes: echo })
    const answer = await get('/echo', { ...post, body })
    expect(answer.status).toBe(status)
    const text = await answer.text()
    expect(JSON.parse(text)).toMatchObject({ code })
    expect(text + lines.join('')).not.toContain('secret')
  })

  test('a defect tells its trace id and nothing else', async () => {
    const { get, lines } = await startApp({
      routes: (app) =>
        app.get('/defect', async () => {
          throw new Error('for anna@example.ru')
        }),
    })
    const answer = await get('/defect')
    expect(answer.status).toBe(500)
    const { traceId, ...problem } = (await answer.json()) as Record<string, unknown>
    expect(problem).toEqual({ type: 'about:blank', title: 'internal', status: 500, code: 'internal' })
    const told = lines.filter((line) => line.includes('"defect"'))
    expect(told).toHaveLength(1)
    expect(told[0]).toContain(traceId)
    expect(told[0]).not.toContain('anna@')
  })

  test('noise instead of HTTP does not hurt', async () => {
    const { get, address } = await startApp()
    const { port } = new URL(address)
    await new Promise((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.end(randomBytes(10_000)))
      socket
        .on('error', () => undefined)
        .on('close', resolve)
        .resume()
    })
    expect((await get('/healthz')).status).toBe(200)
  })
})

describe('readiness', () => {
  test('holds when every check does, and says which does not', async () => {
    const { get, readiness, lines } = await startApp()
    readiness.add('database', async () => undefined)
    expect((await get('/readyz')).status).toBe(200)
    readiness.add('mail', async () => {
      throw new Error('no route')
    })
    const answer = await get('/readyz')
    expect(answer.status).toBe(503)
    expect(await answer.json()).toEqual({ status: 'not ready', checks: { database: 'ok', mail: 'failed' } })
    expect(lines.join('')).toContain('no route')
    expect((await get('/healthz')).status).toBe(200)
  })
})

describe('what is for insiders', () => {
  test.each(['/metrics', '/openapi.json', '/docs'])(
    '%s opens on this machine, from elsewhere by token',
    async (url) => {
      const { get } = await startApp({ metricsToken: 'open-sesame' })
      expect((await get(url)).status).toBe(200)
      const elsewhere = { 'x-forwarded-for': '203.0.113.9' }
      expect((await get(url, { headers: elsewhere })).status).toBe(401)
      expect((await get(url, { headers: { ...elsewhere, authorization: 'Bearer wrong' } })).status).toBe(401)
      expect(
        (await get(url, { headers: { ...elsewhere, authorization: 'Bearer open-sesame' } })).status,
      ).toBe(200)
    },
  )

  test('a trusted proxy tells who asks', async () => {
    const { get } = await startApp({ trustedProxies: ['127.0.0.1'] })
    expect((await get('/metrics', { headers: { 'x-forwarded-for': '203.0.113.9' } })).status).toBe(401)
    expect((await get('/metrics')).status).toBe(200)
  })
})

test('the type of a problem leads to what it means, for anybody', async () => {
  const { get } = await startApp()
  const elsewhere = { headers: { 'x-forwarded-for': '203.0.113.9' } }
  const refused = Problem.parse(await (await get('/openapi.json', elsewhere)).json())
  const page = await get(refused.type, elsewhere)
  expect(page.status).toBe(200)
  expect(await page.text()).toContain(PROBLEM_KINDS[ErrorCode.parse(refused.code)].means)
  const all = await (await get('/problems', elsewhere)).text()
  for (const code of ErrorCode.options) expect(all).toContain(`/problems/${code}`)
  expect((await get('/problems/constructor', elsewhere)).status).toBe(404)
})

describe('the web apps', () => {
  test('the desk answers under any of its addresses, a missing asset does not become a page', async () => {
    const { get } = await startApp()
    for (const url of ['/desk/', '/desk/inbox/019-x', '/desk', '/'])
      expect(await (await get(url)).text()).toBe('the desk')
    expect((await get('/desk/assets/gone-00000000.js')).status).toBe(404)
  })

  test('the root leads to the demo site in the demo', async () => {
    expect(await (await (await startApp({ demo: true })).get('/')).text()).toBe('the demo')
  })

  test('what has a hash in its name is kept for ever, pages never', async () => {
    const { get } = await startApp()
    expect((await get('/desk/assets/app-a1B2c3D4.js')).headers.get('cache-control')).toContain('immutable')
    expect((await get('/desk/')).headers.get('cache-control')).toBe('no-cache')
  })

  test('what the build has compressed goes so to who can read it, and caches on the way know', async () => {
    const { get } = await startApp()
    for (const [accepted, sent] of [
      ['gzip, deflate, br', 'br'],
      ['gzip', 'gzip'],
      ['identity', null],
    ] as const) {
      const answer = await get('/widget/app-a1B2c3D4.js', { headers: { 'accept-encoding': accepted } })
      expect(answer.headers.get('content-encoding')).toBe(sent)
      expect(answer.headers.get('content-type')).toContain('javascript')
      expect(answer.headers.get('vary')).toContain('Accept-Encoding')
      expect(await answer.text()).toBe('chat')
    }
    // What has nothing beside it goes as it is.
    expect(await (await get('/widget.js')).text()).toBe('loader')
    expect((await get('/desk/')).headers.get('vary')).toContain('Accept-Encoding')
  })

  test('the widget may be loaded by any site, the desk may not', async () => {
    const { get } = await startApp()
    for (const url of ['/widget.js', '/widget/app-a1B2c3D4.js']) {
      const { headers, status } = await get(url)
      expect(status).toBe(200)
      expect(headers.get('access-control-allow-origin')).toBe('*')
      expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    }
    expect((await get('/desk/')).headers.get('access-control-allow-origin')).toBeNull()
  })

  test.each([
    '/desk/../secret.txt',
    '/desk/%2e%2e/secret.txt',
    '/widget/..%2fsecret.txt',
    '/demo/%2e%2e%2fsecret.txt',
    '/secret.txt',
  ])('%s leads to nothing that is not served', async (url) => {
    const { app } = await startApp()
    const answer = await app.inject(url)
    expect(answer.body).not.toContain('not for all')
  })
})

describe('the chat from other sites', () => {
  const routes = (app: FastifyInstance) => {
    corsForChat(app, async (origin) => origin === 'https://shop.example.ru')
    app.get('/api/v1/chat/config', async () => ({ yes: true }))
    app.get('/api/v1/session', async () => ({ yes: true }))
  }

  test('is permitted to allowed ones, without credentials', async () => {
    const { get } = await startApp({ routes })
    const ask = (origin: string, method: string) =>
      get('/api/v1/chat/config', { method, headers: { origin } })
    for (const method of ['OPTIONS', 'GET']) {
      const allowed = await ask('https://shop.example.ru', method)
      expect(allowed.ok).toBe(true)
      expect(allowed.headers.get('access-control-allow-origin')).toBe('https://shop.example.ru')
      expect(allowed.headers.get('access-control-allow-credentials')).toBeNull()
      expect(allowed.headers.get('vary')).toContain('Origin')
      expect(
        (await ask('https://evil.example', method)).headers.get('access-control-allow-origin'),
      ).toBeNull()
    }
  })

  test('opens nothing else', async () => {
    const { get } = await startApp({ routes })
    const answer = await get('/api/v1/session', { headers: { origin: 'https://shop.example.ru' } })
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('the shield against floods', () => {
  test('refuses what is too much of the API, and nothing of the webhooks', async () => {
    const { get } = await startApp({
      rateShield: { max: 2, sharedMax: 2, windowMs: 60_000 },
      routes: (app) => {
        app.get('/api/v1/x', async () => 'x')
        app.get('/channels/1/webhook', async () => 'x')
      },
    })
    const statuses: number[] = []
    for (let n = 0; n < 3; n++) statuses.push((await get('/api/v1/x')).status)
    expect(statuses).toEqual([200, 200, 429])
    const refused = await get('/api/v1/x')
    expect(await refused.json()).toMatchObject({
      code: 'rate_limited',
      facts: { retryAfterMs: expect.any(Number) },
    })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    for (let n = 0; n < 5; n++) expect((await get('/channels/1/webhook')).status).toBe(200)
  })

  test('counts whoever is not let in, before anybody asks who it is', async () => {
    let asked = 0
    const { get } = await startApp({
      rateShield: { max: 2, sharedMax: 2, windowMs: 60_000 },
      routes: (app) => {
        const onRequest = async () => {
          asked += 1
          throw new Refusal('unauthenticated')
        }
        app.get('/api/v1/x', { onRequest }, async () => 'x')
      },
    })
    const statuses: number[] = []
    for (let n = 0; n < 4; n++) statuses.push((await get('/api/v1/x')).status)
    expect(statuses).toEqual([401, 401, 429, 429])
    expect(asked).toBe(2)
  })

  test('counts each address for itself, one of IPv6 with its network, and begins anew after the window', async () => {
    const { get } = await startApp({
      rateShield: { max: 1, sharedMax: 1, windowMs: 300 },
      trustedProxies: ['127.0.0.1'],
      routes: (app) => void app.get('/api/v1/x', async () => 'x'),
    })
    const from = async (address: string) =>
      (await get('/api/v1/x', { headers: { 'x-forwarded-for': address } })).status
    expect(await from('198.51.100.1')).toBe(200)
    expect(await from('198.51.100.1')).toBe(429)
    expect(await from('198.51.100.2')).toBe(200)
    expect(await from('2001:db8:0:1::a')).toBe(200)
    expect(await from('2001:db8:0:1::b')).toBe(429)
    await vi.waitFor(async () => expect(await from('198.51.100.1')).toBe(200), { timeout: 5_000 })
  })

  test('has more room for an address behind which a mobile network stands', async () => {
    const { get } = await startApp({
      rateShield: { max: 1, sharedMax: 3, windowMs: 60_000 },
      isShared: (address) => address === '198.51.100.1',
      trustedProxies: ['127.0.0.1'],
      routes: (app) => void app.get('/api/v1/x', async () => 'x'),
    })
    const statusesOf = async (address: string) => {
      const statuses: number[] = []
      for (let n = 0; n < 4; n++)
        statuses.push((await get('/api/v1/x', { headers: { 'x-forwarded-for': address } })).status)
      return statuses
    }
    expect(await statusesOf('198.51.100.1')).toEqual([200, 200, 200, 429])
    expect(await statusesOf('198.51.100.2')).toEqual([200, 429, 429, 429])
  })
})

describe('stopping', () => {
  test('lets a request under way be answered, and cuts what never ends', async () => {
    let begun = 0
    const { app, get } = await startApp({
      routes: (on) => {
        on.get('/soon', async () => {
          begun += 1
          await new Promise((resolve) => setTimeout(resolve, 50))
          return 'answered'
        })
        on.get('/never', () => {
          begun += 1
          return new Promise(() => undefined)
        })
      },
    })
    const soon = get('/soon').then((answer) => answer.text())
    const never = get('/never').catch(() => 'cut')
    await vi.waitUntil(() => begun === 2)
    await closeGracefully(app, { withinMs: 300 })
    expect(await soon).toBe('answered')
    expect(await never).toBe('cut')
  })
})
