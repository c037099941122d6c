import { mkdtemp, readdir, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../clock.ts'
import { openLocalFiles } from '../files/index.ts'
import { createLog, createMetrics } from '../telemetry/index.ts'
import { openVault } from '../vault/index.ts'
import { createApp, createReadiness, readUpload } from './index.ts'
import { addUploads } from './upload.ts'

const MAX_BYTES = 2_000_000
let app: FastifyInstance
let address: string
let dataDir: string
beforeAll(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'upload-'))
  const files = await openLocalFiles({ dataDir, vault: await openVault({ dataDir }), clock: systemClock })
  app = await createApp({
    log: createLog({ level: 'silent' }),
    metrics: createMetrics({ process: false }),
    readiness: createReadiness(),
    publicUrl: 'http://127.0.0.1:3000',
  })
  await app.register(async (scope) => {
    await addUploads(scope)
    scope.post('/upload', async (request) => {
      const allowed = (mediaType: string) => mediaType !== 'text/html'
      const { name, file } = await readUpload(request, files, { maxBytes: MAX_BYTES, allowed })
      return { name, bytes: file.bytes, mediaType: file.mediaType }
    })
  })
  address = await app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await app.close()
  await rm(dataDir, { recursive: true })
})

function send(content: string | Buffer, name = 'x.txt', type = 'image/png') {
  const body = new FormData()
  body.append('file', new Blob([content], { type }), name)
  return fetch(`${address}/upload`, { method: 'POST', body })
}
const staged = () => readdir(path.join(dataDir, 'files', 'staged'))

describe('an upload', () => {
  test('is taken with its name and judged by its bytes, whatever was declared', async () => {
    const answer = await send('hello', 'C:\\docs\\привет.png')
    expect(await answer.json()).toEqual({ name: 'привет.png', bytes: 5, mediaType: 'text/plain' })
  })

  test('of exactly the limit is taken, beyond it is refused and leaves nothing', async () => {
    expect((await send(Buffer.alloc(MAX_BYTES, 'x'))).status).toBe(200)
    const before = await staged()
    for (const bytes of [MAX_BYTES + 1, MAX_BYTES * 5]) {
      const answer = await send(Buffer.alloc(bytes, 'x'))
      expect(answer.status).toBe(413)
      expect(await answer.json()).toMatchObject({
        code: 'attachment_too_large',
        facts: { maxBytes: MAX_BYTES },
      })
    }
    expect(await staged()).toEqual(before)
  })

  test('that the policy does not allow is refused', async () => {
    const answer = await send('<!doctype html><script>1</script>')
    expect(answer.status).toBe(415)
    expect(await answer.json()).toMatchObject({
      code: 'attachment_not_allowed',
      facts: { mediaType: 'text/html' },
    })
  })

  test('without a file, or not multipart, is refused in words', async () => {
    const body = new FormData()
    body.append('other', 'field')
    for (const wrong of [body, '{}']) {
      const headers = typeof wrong === 'string' ? { 'content-type': 'application/json' } : {}
      const answer = await fetch(`${address}/upload`, { method: 'POST', body: wrong, headers })
      expect(await answer.json()).toMatchObject({ code: 'invalid_request', status: 400 })
    }
  })

  test('that breaks off leaves nothing and the server alive', async () => {
    const before = await staged()
    const headers = { 'content-type': 'multipart/form-data; boundary=x' }
    const cut = `--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nabc`
    const answer = await fetch(`${address}/upload`, { method: 'POST', headers, body: cut })
    expect(answer.status).toBe(400)
    expect(await staged()).toEqual(before)
    expect((await send('still here')).status).toBe(200)
  })
})
