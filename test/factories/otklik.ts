import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { seedDemoStaff } from '../../server/care/staff/index.ts'
import { createAccount, type NewAccount } from '../../server/care/timeline/index.ts'
import { type Otklik, type StartOptions, startOtklik } from '../../server/compose/index.ts'
import { readConfig } from '../../server/config.ts'
import { createLog } from '../../server/platform/telemetry/index.ts'
import { createTestDatabase } from '../postgres/index.ts'

export interface TestOtklik extends Otklik {
  /** E-mail and password of the demo staff, by name. */
  readonly logins: Record<
    'anna' | 'timur' | 'irina' | 'pavel' | 'admin',
    { email: string; password: string; id: string }
  >
  readonly dataDir: string
  openDoor(door: NewAccount): Promise<string>
  /** Lets opened doors subscribe and poll. */
  reconcileDoors(): Promise<void>
  end(): Promise<void>
}

/** One key for the nodes of an installation. */
const KEY = randomBytes(32).toString('base64')

/** A whole installation on a database of its own, as `npm start` builds it, without the outside world. `beside` makes it a second node of that one. */
export async function anOtklik(
  options: StartOptions & { env?: Record<string, string>; beside?: TestOtklik } = {},
): Promise<TestOtklik> {
  const database = options.beside ? undefined : await createTestDatabase()
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'otklik-test-'))
  const port = await freePort()
  const config = readConfig({
    DATABASE_URL: options.beside?.connectionString ?? database?.connectionString,
    OTKLIK_DATA: dataDir,
    PORT: String(port),
    OTKLIK_DEMO: 'on',
    OTKLIK_KEY: KEY,
    ...options.env,
  })
  const otklik = await startOtklik(config, { log: createLog({ level: 'silent' }), ...options })
  const seeded = options.beside
    ? Object.values(options.beside.logins)
    : await seedDemoStaff(otklik.db, otklik.clock)
  const logins = Object.fromEntries(
    seeded.map((login) => [login.email.split('@')[0], login]),
  ) as TestOtklik['logins']
  return {
    ...otklik,
    logins,
    dataDir,
    openDoor: async (door) => {
      const id = await createAccount(otklik.db, otklik.vault, otklik.clock, door)
      await otklik.timeline.context.doors.refresh()
      return id
    },
    reconcileDoors: () => otklik.timeline.reconcileDoors(),
    end: async () => {
      await otklik.stop()
      await database?.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
