import type { Pool } from 'pg'
import { type CapDeps, DEFAULT_CAPS, logCapAlerts } from '../care/audit/index.ts'
import type { TimelineNotice } from '../care/timeline/index.ts'
import type { Config } from '../config.ts'
import { type Bus, createBus } from '../platform/bus/index.ts'
import { type Clock, systemClock } from '../platform/clock.ts'
import type { Closing } from '../platform/closing.ts'
import { type Db, rows, sql } from '../platform/database/index.ts'
import { type Files, openLocalFiles } from '../platform/files/index.ts'
import { createReadiness, type Readiness } from '../platform/http/index.ts'
import { createKept, type Kept } from '../platform/kept/index.ts'
import { withinNetworks } from '../platform/networks.ts'
import { createOutgoing, type Outgoing } from '../platform/outgoing/index.ts'
import { createLog, createMetrics, type Metrics } from '../platform/telemetry/index.ts'
import { openVault, type Vault } from '../platform/vault/index.ts'
import { type Data, openData } from './data.ts'
import { lookAgainWhenPeopleChange } from './hear-subscribers.ts'
import type { HouseLog } from './house-log.ts'
import { linesInMemory } from './lines-in-memory.ts'

/** What stands below every room. */
export interface Ground {
  readonly clock: Clock
  readonly log: HouseLog
  readonly metrics: Metrics
  readonly vault: Vault
  readonly data: Data
  readonly db: Db
  /** Behind `db`, for limits that nodes share. */
  readonly pool: Pool
  readonly bus: Bus<TimelineNotice>
  readonly files: Files
  /** The only way out to others' addresses. */
  readonly outgoing: Outgoing
  /** Origins beyond the public internet's rules that we may call. */
  readonly trustedOrigins: readonly string[]
  readonly readiness: Readiness
  readonly caps: CapDeps
  readonly kept: Kept
  /** How many lines or sessions may be kept in memory. */
  readonly mostKept: number
  readonly publicUrl: string
  readonly ownOrigins: readonly string[]
  readonly country: Config['country']
  /** Whether many people stand behind an address. */
  readonly isShared: (address: string) => boolean
}

export interface GroundOptions {
  readonly clock?: Clock
  readonly log?: HouseLog
  readonly trustedOrigins?: readonly string[]
  /** The start is not wanted any more. */
  readonly signal?: AbortSignal
}

/** The operator's own system and a language model of its own usually stand in a private network. */
const innerOrigins = ({ innerServices, operatorSystem, languageModel }: Config): string[] => [
  ...innerServices,
  ...(operatorSystem ? [operatorSystem.url] : []),
  ...(languageModel && !languageModel.remote ? [languageModel.url] : []),
]

/** Opens keys, database and files, and the way out. What was opened belongs to `closing`. */
export async function openGround(config: Config, options: GroundOptions, closing: Closing): Promise<Ground> {
  const { dataDir, publicUrl, ownOrigins, country } = config
  const { clock = systemClock, log = createLog({ level: config.logLevel }), trustedOrigins = [] } = options
  const metrics = createMetrics()
  const vault = await openVault({ key: config.key, dataDir })
  const data = await openData(config, log, options.signal)
  closing.add(() => data.close())
  const { db, pool } = data
  const bus = createBus<TimelineNotice>((error) => log.error({ err: error }, 'listener'))
  lookAgainWhenPeopleChange(bus)
  const files = await openLocalFiles({
    dataDir,
    vault,
    clock,
    onError: (error) => log.error({ err: error }, 'files'),
  })
  const outgoing = createOutgoing({ allowPrivate: [...trustedOrigins, ...innerOrigins(config)], clock })
  closing.add(() => outgoing.close())
  return {
    clock,
    log,
    metrics,
    vault,
    data,
    db,
    pool,
    bus,
    files,
    outgoing,
    trustedOrigins,
    readiness: watchDatabase(db),
    caps: composeCaps({ clock, log, metrics }),
    kept: createKept(db),
    mostKept: config.linesInMemory ?? linesInMemory(),
    publicUrl,
    ownOrigins,
    country,
    isShared: withinNetworks(config.sharedNetworks),
  }
}

function watchDatabase(db: Db): Readiness {
  const readiness = createReadiness()
  readiness.add('database', async () => {
    await rows(db, sql`select 1`)
  })
  return readiness
}

/** Reveals and break-glasses near or over their cap are logged and counted. */
function composeCaps({ clock, log, metrics }: Pick<Ground, 'clock' | 'log' | 'metrics'>): CapDeps {
  const passedCaps = metrics.counter(
    'privacy_cap_total',
    'Reveals and break-glasses near or over their cap',
    ['act', 'passed'],
  )
  const alert = logCapAlerts(log, ({ act, passed }) => passedCaps.inc({ act, passed }))
  return { clock, caps: DEFAULT_CAPS, alert }
}
