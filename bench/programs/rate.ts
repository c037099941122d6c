/** The rating of the product without its loop: ages lines as fast as it can. Answers `start`, then `age` and `due` as often as asked. */
import { type Otklik, startOtklik } from '../../server/compose/index.ts'
import { readConfig } from '../../server/config.ts'
import { advanceLines, LINES_AT_A_TIME } from '../../server/operator/lines/index.ts'
import { type ManualClock, manualClock } from '../../server/platform/clock.ts'
import { createLog } from '../../server/platform/telemetry/index.ts'
import { answerParent } from '../harness/answer.ts'

export interface RatePlace {
  readonly dataDir: string
  readonly port: number
  readonly databaseUrl: string
  /** Milliseconds since 1970: where its clock stands until it is told to go on. */
  readonly now: number
}

export interface Aged {
  readonly lines: number
  readonly seconds: number
  /** Nothing is due any more. */
  readonly done: boolean
}

let running: { readonly otklik: Otklik; readonly clock: ManualClock } | undefined

function house() {
  if (!running) throw new Error('start first')
  return running
}

async function start({ dataDir, port, databaseUrl, now }: RatePlace): Promise<void> {
  const config = readConfig({
    OTKLIK_DATA: dataDir,
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    OTKLIK_DEMO: 'on',
    // Its own loops rest: what is measured is asked for.
    OTKLIK_ROLES: 'web',
  })
  const clock = manualClock(new Date(now))
  running = { clock, otklik: await startOtklik(config, { clock, log: createLog({ level: 'silent' }) }) }
}

/** Works until nothing is due or the time is over. */
async function age(seconds: number): Promise<Aged> {
  const { db, lines } = house().otklik
  const from = performance.now()
  const spent = () => (performance.now() - from) / 1000
  const fail = (error: unknown) => {
    throw error
  }
  let aged = 0
  while (spent() < seconds) {
    const some = await advanceLines(db, lines, LINES_AT_A_TIME, fail)
    aged += some
    if (some === 0) return { lines: aged, seconds: spent(), done: true }
  }
  return { lines: aged, seconds: spent(), done: false }
}

answerParent({ start, age, advance: (ms: number) => house().clock.advance(ms) }, async () => {
  await running?.otklik.stop()
})
