import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sendFile } from './index.ts'

const content = randomBytes(1000)
const app = Fastify()
let address: string
beforeAll(async () => {
  app.get('/shared-device', (_request, reply) => {
    reply.header('cache-control', 'no-store')
    const stream = async () => Readable.from([content])
    return sendFile(
      reply,
      { id: '1', bytes: 1000, mediaType: 'image/png', stream, all: async () => content },
      'x',
    )
  })
  app.get('/lost', (_request, reply) => {
    const stream = async () => {
      throw new Error('no such file')
    }
    return sendFile(
      reply,
      { id: '1', bytes: 1000, mediaType: 'image/png', stream, all: async () => content },
      'x',
    )
  })
  app.get('/', (request, reply) => {
    const { type = '', name = 'x' } = request.query as Record<string, string>
    const stream = async (range = { first: 0, last: 999 }) =>
      Readable.from([content.subarray(range.first, range.last + 1)])
    return sendFile(reply, { id: '1', bytes: 1000, mediaType: type, stream, all: async () => content }, name)
  })
  address = await app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => app.close())

const get = (type: string, { name = 'x', range }: { name?: string; range?: string } = {}) =>
  fetch(`${address}/?${new URLSearchParams({ type, name })}`, range ? { headers: { range } } : {})

describe('sending a file', () => {
  test('a picture is shown in place, everything that could run is a nameless download', async () => {
    const picture = await get('image/png')
    expect(picture.headers.get('content-disposition')).toMatch(/^inline/)
    for (const type of ['image/svg+xml', 'text/html', 'application/xhtml+xml']) {
      const answer = await get(type)
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment/)
      expect(answer.headers.get('content-type')).toBe('application/octet-stream')
    }
  })

  test('every answer is sandboxed, not sniffed and private', async () => {
    const { headers } = await get('application/pdf')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain('sandbox')
    expect(headers.get('cache-control')).toContain('private')
  })

  test('a device that is to keep nothing keeps no file either', async () => {
    const { headers } = await fetch(`${address}/shared-device`)
    expect(headers.get('cache-control')).toBe('no-store')
  })

  test('that it could not be read is nothing to be kept', async () => {
    const answer = await fetch(`${address}/lost`)
    expect(answer.status).toBe(500)
    expect(answer.headers.get('cache-control')).toBeNull()
    expect(answer.headers.get('content-disposition')).toBeNull()
    const beyond = await get('audio/ogg', { range: 'bytes=1000-' })
    expect(beyond.status).toBe(416)
    expect(beyond.headers.get('cache-control')).toBeNull()
  })

  test('the name survives in any language and cannot break out of the header', async () => {
    const russian = await get('application/pdf', { name: 'Счёт за май.pdf' })
    expect(russian.headers.get('content-disposition')).toContain(
      `filename*=UTF-8''${encodeURIComponent('Счёт за май.pdf')}`,
    )
    const evil = await get('application/pdf', { name: '../../"\r\nset-cookie: a=b;\u202Egpj.exe' })
    expect(evil.status).toBe(200)
    expect(evil.headers.get('set-cookie')).toBeNull()
    expect(evil.headers.get('content-disposition')).not.toMatch(/\.\.\/|%E2%80%AE/)
  })

  test.each([
    ['bytes=0-99', 206, 'bytes 0-99/1000', content.subarray(0, 100)],
    ['bytes=900-', 206, 'bytes 900-999/1000', content.subarray(900)],
    ['bytes=-10', 206, 'bytes 990-999/1000', content.subarray(990)],
    ['bytes=500-9999', 206, 'bytes 500-999/1000', content.subarray(500)],
    ['bytes=1000-', 416, 'bytes */1000', Buffer.alloc(0)],
    ['bytes=0-1,5-6', 200, null, content],
    ['lines=1-2', 200, null, content],
  ])('sound answers the range %s with %i', async (range, status, contentRange, expected) => {
    const answer = await get('audio/ogg', { range })
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-range')).toBe(contentRange)
    expect(Buffer.from(await answer.arrayBuffer()).equals(expected)).toBe(true)
  })
})
