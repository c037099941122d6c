/** The product, started as `npm start` starts it, without the outside world. Answers `start`, `drain`, `heap`. */
import { seedDemoStaff } from '../../server/care/staff/index.ts'
import { createAccount } from '../../server/care/timeline/index.ts'
import { type Otklik, startOtklik } from '../../server/compose/index.ts'
import { readConfig } from '../../server/config.ts'
import type { Clock } from '../../server/platform/clock.ts'
import { createLog } from '../../server/platform/telemetry/index.ts'
import { answerParent } from '../harness/answer.ts'
import type { Login, ProductOptions } from '../harness/product.ts'

let otklik: Otklik | undefined

async function start(options: ProductOptions): Promise<{ url: string; logins: Login[] }> {
  const {
    dataDir,
    port,
    databaseUrl,
    doors,
    trustedOrigin,
    staff = false,
    aheadMs = 0,
    behindProxy = false,
  } = options
  const config = readConfig({
    OTKLIK_DATA: dataDir,
    PORT: String(port),
    OTKLIK_DEMO: 'on',
    ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
    ...(behindProxy && { TRUSTED_PROXIES: '127.0.0.1' }),
  })
  const clock: Clock = { now: () => new Date(Date.now() + aheadMs) }
  otklik = await startOtklik(config, {
    clock,
    log: createLog({ level: 'silent' }),
    trustedOrigins: [trustedOrigin],
  })
  const { doors: open } = otklik.timeline.context
  const known = new Set((await open.all()).map(({ account }) => account.id))
  for (const door of doors)
    if (!known.has(door.id)) await createAccount(otklik.db, otklik.vault, otklik.clock, door)
  await open.refresh()
  await otklik.timeline.reconcileDoors()
  const logins = staff ? await seedDemoStaff(otklik.db, clock) : []
  return { url: otklik.url, logins: logins.map(({ email, password }) => ({ email, password })) }
}

/** MiB that are really in use: what garbage collection leaves. */
function heap(): number {
  for (let n = 0; n < 3; n++) globalThis.gc?.()
  return process.memoryUsage().heapUsed / 1024 / 1024
}

answerParent({ start, heap, drain: () => otklik?.drain() }, async () => {
  await otklik?.stop()
})
