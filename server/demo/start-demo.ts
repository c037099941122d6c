import { seedDemoStaff } from '../care/staff/index.ts'
import type { Otklik, StartOptions } from '../compose/index.ts'
import type { Config } from '../config.ts'
import { seedCatalogue } from '../operator/catalogue/index.ts'
import type { Log } from '../platform/telemetry/index.ts'
import { announceDemo } from './announce-demo.ts'
import { openDemoDoors } from './open-demo-doors.ts'
import { openDemoLines } from './open-demo-lines.ts'
import { openDemoNetwork } from './open-demo-network.ts'
import { runWorld } from './run-world.ts'
import { sendFirstLetters } from './send-first-letters.ts'
import { VOLNA_CATALOGUE } from './volna/catalogue.ts'

export interface Demo {
  /** How the installation is to be started beside the world. */
  readonly options: Pick<StartOptions, 'trustedOrigins' | 'worldUrl' | 'payments'>
  /** Seeds what is missing and prints where everything is. Rejects when nobody wants it any more. */
  open(otklik: Otklik, signal: AbortSignal): Promise<void>
  stop(): Promise<void>
}

/** Starts the outside world as a child process. */
export async function startDemo(config: Config, log: Log): Promise<Demo> {
  const world = await runWorld(config, log)
  return {
    options: { trustedOrigins: [world.url], worldUrl: `${world.url}/phone/`, payments: world.shop },
    open: async (otklik, signal) => {
      const logins = await seedDemoStaff(otklik.db, otklik.clock)
      signal.throwIfAborted()
      const opened = await openDemoDoors(otklik, config, world)
      await seedCatalogue(otklik.db, otklik.clock, VOLNA_CATALOGUE, 'Волна')
      signal.throwIfAborted()
      await openDemoLines(otklik)
      signal.throwIfAborted()
      await openDemoNetwork(otklik, world, log)
      await sendFirstLetters(world, opened, log)
      announceDemo(otklik, config, world, logins)
    },
    stop: world.stop,
  }
}
