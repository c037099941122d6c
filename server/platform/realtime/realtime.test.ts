import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { eventually } from '../../../test/factories/eventually.ts'
import { type RealtimeOptions, serveRealtime } from './index.ts'

const apps: FastifyInstance[] = []
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close()
})

/** A page that connects to somebody who accepts so. */
async function aPage(accept: RealtimeOptions['accept']): Promise<WebSocket> {
  const app = Fastify()
  apps.push(app)
  await serveRealtime(app, { originAllowed: async () => true, accept })
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  const socket = new WebSocket(`${address.replace('http', 'ws')}/realtime`)
  socket.on('error', () => undefined)
  return socket
}

test('whoever finds out who it is only after the page has gone hears that it has', async () => {
  let found: (() => void) | undefined
  let left = 0
  const page = await aPage(async (connection) => {
    await new Promise<void>((resolve) => {
      found = resolve
    })
    connection.onClose(() => left++)
  })
  await eventually(async () => page.readyState === WebSocket.OPEN && found !== undefined)
  const gone = new Promise((resolve) => page.once('close', resolve))
  page.close()
  await gone
  // The server has heard the end before it answered it.
  found?.()
  await eventually(async () => left === 1)
})

test('a page that goes later is heard to go once', async () => {
  let left = 0
  const page = await aPage(async (connection) => connection.onClose(() => left++))
  await eventually(async () => page.readyState === WebSocket.OPEN)
  page.close()
  await eventually(async () => left > 0)
  expect(left).toBe(1)
})
