import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createOutgoing, isInnerAddress, retryAfterOf, retryDelay, Unavailable } from './index.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function serverOf(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(async () => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function clientFor(...allowPrivate: string[]) {
  const client = createOutgoing({ allowPrivate })
  closing.push(() => client.close())
  return client
}

describe('inner addresses', () => {
  test.each([
    '127.0.0.1',
    '127.8.9.1',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:a00:1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '::127.0.0.1',
    'not an address',
  ])('%s is inner', (address) => expect(isInnerAddress(address)).toBe(true))

  test.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2a00:1450:4010::71', '::ffff:8.8.8.8'])(
    '%s is not',
    (address) => expect(isInnerAddress(address)).toBe(false),
  )
})

describe('a private address', () => {
  test.each([
    'http://127.0.0.1:1/',
    'http://[::1]:1/',
    'http://2130706433:1/',
    'http://0x7f.1:1/',
    'http://localhost:1/',
    'http://[::ffff:127.0.0.1]:1/',
  ])('%s is refused', async (url) => {
    await expect(clientFor().request({ url })).rejects.toMatchObject({ code: 'private_address' })
  })

  test('behind a name is refused when the socket connects, not before', async () => {
    const asked: string[] = []
    const client = createOutgoing({
      lookup: (host, _options, done) => {
        asked.push(host)
        done(null, [
          { address: '10.0.0.1', family: 4 },
          { address: 'fd00::1', family: 6 },
        ])
      },
    })
    closing.push(() => client.close())
    await expect(client.request({ url: 'http://rebound.test/' })).rejects.toMatchObject({
      code: 'private_address',
    })
    expect(asked).toEqual(['rebound.test'])
  })

  test('at the end of a redirect is refused too', async () => {
    const secret = await serverOf((_, response) => response.end('secret'))
    const trusted = await serverOf((_, response) => response.writeHead(302, { location: secret }).end())
    await expect(clientFor(trusted).request({ url: trusted })).rejects.toMatchObject({
      code: 'private_address',
    })
  })

  test('of a trusted origin is reached, of its neighbour port not', async () => {
    const [trusted, other] = [await serverOf((_, r) => r.end('yes')), await serverOf((_, r) => r.end('no'))]
    const client = clientFor(trusted)
    expect((await client.request({ url: `${trusted}/path` })).body.toString()).toBe('yes')
    await expect(client.request({ url: other })).rejects.toMatchObject({ code: 'private_address' })
  })

  test.each(['file:///etc/passwd', 'ftp://x/', 'http://user:secret@x/', 'nonsense'])(
    '%s is no address at all',
    async (url) => {
      await expect(clientFor().request({ url })).rejects.toMatchObject({ code: 'invalid_request' })
    },
  )
})

describe('redirects', () => {
  test('are followed thrice at most, and credentials stay at home', async () => {
    const seen: (string | undefined)[] = []
    const far = await serverOf((request, response) => {
      seen.push(request.headers.authorization)
      response.end('far')
    })
    const near = await serverOf((request, response) => {
      const location = request.url === '/loop' ? '/loop' : far
      response.writeHead(302, { location }).end()
    })
    const client = clientFor(near, far)
    const headers = { authorization: 'Bearer x' }
    expect((await client.request({ url: near, headers })).body.toString()).toBe('far')
    expect(seen).toEqual([undefined])
    await expect(client.request({ url: `${near}/loop` })).rejects.toMatchObject({ code: 'unavailable' })
  })

  test('of a write are its answer', async () => {
    const server = await serverOf((_, response) => response.writeHead(307, { location: '/other' }).end())
    expect(await clientFor(server).request({ url: server, method: 'POST', body: 'x' })).toMatchObject({
      status: 307,
    })
  })
})

describe('bounds', () => {
  test('a body that is announced or turns out too long is refused', async () => {
    const server = await serverOf((request, response) => {
      if (request.url === '/announced') response.setHeader('content-length', 5000)
      response.write('x'.repeat(2500))
      response.end('x'.repeat(2500))
    })
    for (const url of [`${server}/announced`, server]) {
      await expect(clientFor(server).request({ url, maxBytes: 4999 })).rejects.toMatchObject({
        code: 'payload_too_large',
      })
      expect((await clientFor(server).request({ url, maxBytes: 5000 })).body).toHaveLength(5000)
    }
  })

  test('an answer that does not come, or never ends, is given up in time and may have arrived', async () => {
    const server = await serverOf((request, response) => {
      if (request.url === '/endless') response.write('x')
    })
    for (const url of [server, `${server}/endless`]) {
      const error = await clientFor(server)
        .request({ url, timeoutMs: 50 })
        .catch((failure: unknown) => failure)
      expect(error).toBeInstanceOf(Unavailable)
      expect(error).toMatchObject({ mayHaveArrived: true, facts: { reason: 'timeout' } })
    }
  })
})

describe('a download', () => {
  test('that nobody reads ends its connection, even when its time runs out meanwhile', async () => {
    let closed: (() => void) | undefined
    const gone = new Promise<void>((resolve) => {
      closed = resolve
    })
    const server = await serverOf((request, response) => {
      request.socket.once('close', () => closed?.())
      response.write('x')
    })
    const { body } = await clientFor(server).download({ url: server, maxBytes: 10 })
    body.destroy()
    await gone
    const slow = await clientFor(server).download({ url: server, maxBytes: 10, timeoutMs: 30 })
    await expect(slow.body.toArray()).rejects.toMatchObject({ code: 'unavailable' })
  })
})

describe('failures', () => {
  test('a refused connection certainly did not arrive', async () => {
    const server = await serverOf(() => undefined)
    for (const close of closing.splice(0)) await close()
    const error = await clientFor(server)
      .request({ url: server })
      .catch((failure: unknown) => failure)
    expect(error).toMatchObject({
      code: 'unavailable',
      mayHaveArrived: false,
      facts: { reason: 'ECONNREFUSED' },
    })
  })

  test('a connection cut after the request may have arrived', async () => {
    const server = await serverOf((request) => request.socket.destroy())
    const error = await clientFor(server)
      .request({ url: server, method: 'POST', body: 'x' })
      .catch((failure: unknown) => failure)
    expect(error).toMatchObject({ code: 'unavailable', mayHaveArrived: true })
  })

  test('an unexpected status says when to come back', async () => {
    const server = await serverOf((_, response) => response.writeHead(429, { 'retry-after': '7' }).end())
    const error = await clientFor(server)
      .request({ url: `${server}/bot-token-1`, expect: (status) => status < 300 })
      .catch((failure: unknown) => failure)
    expect(error).toMatchObject({ code: 'unavailable', status: 429, retryAfterMs: 7000 })
    expect(JSON.stringify(error)).not.toContain('bot-token')
  })
})

describe('retrying', () => {
  test('pauses are drawn below a ceiling that doubles and is bounded', () => {
    const ceilings = [1, 2, 3, 10, 2000].map((n) =>
      retryDelay(n, { baseMs: 100, maxMs: 5000, random: () => 0.9999 }),
    )
    expect(ceilings).toEqual([100, 200, 400, 5000, 5000])
    expect(retryDelay(5, { baseMs: 100, maxMs: 5000, random: () => 0 })).toBe(0)
  })

  test('nobody comes back before they are asked to', () => {
    expect(retryDelay(1, { baseMs: 100, maxMs: 5000, random: () => 0 }, 30_000)).toBe(30_000)
  })

  test('Retry-After is read as seconds or as a date', () => {
    const now = new Date('2026-03-01T00:00:00Z')
    expect(retryAfterOf('12', now)).toBe(12_000)
    expect(retryAfterOf('Sun, 01 Mar 2026 00:01:00 GMT', now)).toBe(60_000)
    expect(retryAfterOf('soon', now)).toBeUndefined()
  })
})
