import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { type LiveUnderstanding, seedFlows } from '../care/assistant/index.ts'
import { seedArticles } from '../care/knowledge/index.ts'
import { seedMacros } from '../care/macros/index.ts'
import type { MyRoom } from '../care/my/index.ts'
import type { Timeline } from '../care/timeline/index.ts'
import { seedTopics } from '../care/topics/index.ts'
import type { Config } from '../config.ts'
import type { OperatorEdge } from '../operator/edge/index.ts'
import type { LinesContext } from '../operator/lines/index.ts'
import type { MarketContext } from '../operator/market/index.ts'
import type { Clock } from '../platform/clock.ts'
import { type Closing, createClosing } from '../platform/closing.ts'
import type { Db } from '../platform/database/index.ts'
import { closeGracefully } from '../platform/http/index.ts'
import type { Metrics } from '../platform/telemetry/index.ts'
import type { Vault } from '../platform/vault/index.ts'
import { startBackground } from './background.ts'
import { OPERATOR } from './brand.ts'
import { type Ground, openGround } from './ground.ts'
import type { HouseLog } from './house-log.ts'
import { measureHouse } from './house-metrics.ts'
import { measurePools } from './measure-pools.ts'
import { openApp } from './open-app.ts'
import { composeRooms } from './rooms.ts'
import { type House, serveHouse } from './serve-house.ts'
import { shareWithOtherNodes } from './share-notices.ts'
import { watchChanges } from './watch-changes.ts'
import { watchMy } from './watch-my.ts'
import { watchService } from './watch-service.ts'
import { watchSessions } from './watch-sessions.ts'

export interface StartOptions {
  readonly clock?: Clock
  readonly log?: HouseLog
  /** Folder of the built web apps; absent: the one beside the built server. */
  readonly webDir?: string
  /** Origins beyond the public internet's rules that we may call: the demo's outside world, the operator's own systems. */
  readonly trustedOrigins?: readonly string[]
  readonly worldUrl?: string | null
  /** Who takes people's money where the settings name nobody: the demo's provider. */
  readonly payments?: Config['payments']
  /** What keeps the lines; absent: nothing is connected. */
  readonly edge?: OperatorEdge
  /** The start is not wanted any more: what was begun is ended, and it rejects. */
  readonly signal?: AbortSignal
}

/** A running installation. */
export interface Otklik {
  /** Where it listens. */
  readonly url: string
  readonly app: FastifyInstance
  readonly db: Db
  readonly clock: Clock
  readonly vault: Vault
  readonly timeline: Timeline
  /** The app's side of the house: what `hearOfOperator` tells. */
  readonly my: MyRoom
  /** Our own lines and their people, for who opens them. */
  readonly lines: LinesContext
  /** What people want, for who speaks to them; it learns when it is first needed, or woken. */
  readonly understanding: LiveUnderstanding
  /** The Market over them, for who puts something up. */
  readonly market: MarketContext
  readonly metrics: Metrics
  readonly connectionString: string
  /** Does all background work that waits. For tests and benchmarks. */
  drain(): Promise<void>
  /** Ends in order: no new requests, work finished, database last. */
  stop(): Promise<void>
}

const STOP_WITHIN_MS = 5_000

/**
 * Builds the house and opens its doors. Throws when it cannot (the message says what to do) or when nobody wants it any more; what was
 * started is ended then.
 */
export async function startOtklik(config: Config, options: StartOptions = {}): Promise<Otklik> {
  const closing = createClosing()
  try {
    return await build(config, options, closing)
  } catch (error) {
    await closing.close().catch((failure: unknown) => {
      throw new AggregateError([error, failure], 'neither started nor ended in order')
    })
    throw error
  }
}

async function build(config: Config, options: StartOptions, closing: Closing): Promise<Otklik> {
  const { signal } = options
  const ground = await openGround(config, options, closing)
  const { db, clock, vault, metrics, data } = ground
  const { house, billing, remote, understanding, doorDeps } = await composeRooms(
    ground,
    config,
    options,
    closing,
  )
  await shareWithOtherNodes(ground, closing)
  signal?.throwIfAborted()

  const app = await openApp(ground, config, options.webDir)
  closing.add(() => app.close())
  await serveHouse(app, house)
  await seedFirst(db, clock)
  signal?.throwIfAborted()

  const background = config.roles.includes('worker')
    ? await startBackground(
        {
          ...ground,
          ...house,
          alone: data.embedded,
          connectionString: data.connectionString,
          doorDeps,
          billing,
          remote,
        },
        closing,
      )
    : undefined
  // First nothing new comes in, then what came is finished.
  closing.add(() => closeGracefully(app, { withinMs: STOP_WITHIN_MS }))
  watch(ground, house, closing)
  measureHouse(metrics, db, clock)
  measurePools(metrics, {
    requests: () => data.pool,
    intake: () => data.intakePool,
    jobs: () => background?.jobsPool(),
  })
  signal?.throwIfAborted()

  await app.listen({ host: config.host, port: config.port })
  const { port } = app.server.address() as AddressInfo
  return {
    url: `${config.tls ? 'https' : 'http'}://${config.host}:${port}`,
    app,
    db,
    clock,
    vault,
    timeline: house.timeline,
    my: house.my,
    lines: billing.lines,
    understanding,
    market: billing.market,
    metrics,
    connectionString: data.connectionString,
    drain: async () => background?.drain(),
    stop: () => closing.close(),
  }
}

/** Screens and sessions follow what changes, here and on other nodes. */
function watch({ db, clock, log, readiness, kept }: Ground, house: House, closing: Closing): void {
  const { staff, timeline, myLive } = house
  closing.add(watchSessions(db, clock, staff, timeline, log))
  closing.add(watchService(readiness, timeline, log))
  closing.add(watchMy(myLive, log))
  closing.add(watchChanges(kept, log))
}

/** What an installation begins with; what its people have changed since stays. */
async function seedFirst(db: Db, clock: Clock): Promise<void> {
  await seedTopics(db, clock, OPERATOR.name)
  await seedMacros(db, clock)
  await seedArticles(db, clock, OPERATOR.name)
  await seedFlows(db, clock, OPERATOR.name)
}
