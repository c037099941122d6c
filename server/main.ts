import { startOtklik } from './compose/index.ts'
import { ConfigError, readConfig } from './config.ts'
import { startDemo } from './demo/index.ts'
import { createLog } from './platform/telemetry/index.ts'

/** Runs an installation until it is told to end. */
async function run(): Promise<void> {
  const config = readConfig(process.env)
  const log = createLog({ level: config.logLevel })
  const demo = config.demo ? await startDemo(config, log) : undefined
  const otklik = await startOtklik(config, { log, ...demo?.options })
  await demo?.open(otklik)
  if (!demo) console.log(`Otklik: ${config.publicUrl}/desk/`)

  let ending = false
  const end = (signal: string) => {
    // A second Ctrl-C means it.
    if (ending) process.exit(1)
    ending = true
    log.info({ signal }, 'ending')
    void otklik
      .stop()
      .then(() => demo?.stop())
      .then(() => process.exit(0))
      .catch((error: unknown) => {
        log.fatal({ err: error }, 'did not end in order')
        process.exit(1)
      })
  }
  process.on('SIGINT', () => end('SIGINT'))
  process.on('SIGTERM', () => end('SIGTERM'))
}

run().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error)
  process.exit(1)
})
