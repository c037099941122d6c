import { once } from 'node:events'
import { hasAdmin } from './care/staff/index.ts'
import { type Otklik, startOtklik } from './compose/index.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { startDemo } from './demo/index.ts'
import { createClosing } from './platform/closing.ts'
import { createLog, type Log } from './platform/telemetry/index.ts'

/** Runs an installation until it is told to end, be it in the middle of its start. Gives the exit code. */
async function run(): Promise<number> {
  const config = readConfig(process.env)
  const log = createLog({ level: config.logLevel })
  const end = hearEnd(log)
  const closing = createClosing()
  const failure = await live()
  if (failure !== undefined) console.error(failure)
  try {
    await closing.close()
  } catch (error) {
    log.fatal({ err: error }, 'did not end in order')
    return 1
  }
  return failure === undefined ? 0 : 1

  async function live(): Promise<unknown> {
    try {
      const demo = config.demo ? await startDemo(config, log) : undefined
      if (demo) closing.add(() => demo.stop())
      end.throwIfAborted()
      const otklik = await startOtklik(config, { log, signal: end, ...demo?.options })
      closing.add(() => otklik.stop())
      await demo?.open(otklik, end)
      otklik.understanding.wake()
      if (!demo) await greet(config, otklik)
      if (!end.aborted) await once(end, 'abort')
      return undefined
    } catch (error) {
      // Whatever an interrupted start stumbles over (Ctrl-C ends its helpers too) is no failure.
      if (!end.aborted) return error
      log.info({ err: error === end.reason ? undefined : error }, 'start interrupted')
      return undefined
    }
  }
}

/** Says where to go, and how to be let in where nobody could open the door. */
async function greet({ publicUrl }: Config, { db }: Otklik): Promise<void> {
  console.log(`Otklik: ${publicUrl}/desk/`)
  if (!(await hasAdmin(db))) console.log('It has no administrator yet: npm run create-admin -- EMAIL NAME')
}

/** Heard from the first moment on: what a start has begun must not outlive it. */
function hearEnd(log: Log): AbortSignal {
  const told = new AbortController()
  const end = (signal: string) => {
    // A second Ctrl-C means it.
    if (told.signal.aborted) process.exit(1)
    log.info({ signal }, 'ending')
    told.abort()
  }
  process.on('SIGINT', () => end('SIGINT'))
  process.on('SIGTERM', () => end('SIGTERM'))
  return told.signal
}

run().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof ConfigError ? error.message : error)
    process.exit(1)
  },
)
