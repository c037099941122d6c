import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'

let other: Server
let taken: number
beforeAll(async () => {
  other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  taken = (other.address() as AddressInfo).port
})
afterAll(() => {
  other.close()
})

test.each(['WORLD_PORT', 'WORLD_SMTP_PORT', 'WORLD_IMAP_PORT'])(
  'says in a line that %s is taken',
  async (name) => {
    const ports = { WORLD_PORT: '0', WORLD_SMTP_PORT: '0', WORLD_IMAP_PORT: '0', [name]: String(taken) }
    const world = spawn(process.execPath, ['--import', 'tsx', path.join(import.meta.dirname, 'main.ts')], {
      env: { ...process.env, ...ports },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const [said, [code]] = await Promise.all([text(world.stderr), once(world, 'exit')])
    expect(code).toBe(1)
    expect(said).toBe(`World: port ${taken} is taken\n`)
  },
)
