import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Pool } from 'pg'
import type { Metrics } from '../platform/telemetry/index.ts'

/** What this node's connections to the database are for; a pool that is not open is undefined. */
export type Pools = Readonly<Record<'requests' | 'intake' | 'jobs', () => Pool | undefined>>

/**
 * How the connections to the database stand, by what they are for. Each node tells of its own: who waits there waits for a connection of
 * that node, whatever the database has left.
 */
export function measurePools(metrics: Metrics, pools: Pools): void {
  const open = () =>
    Object.entries(pools).flatMap(([pool, find]) => {
      const found = find()
      return found ? [{ pool, found }] : []
    })
  metrics.gauge(
    'database_connections',
    'Connections to the database that this node has: in use, or idle',
    ['pool', 'state'],
    (gauge) => {
      gauge.reset()
      for (const { pool, found } of open()) {
        gauge.set({ pool, state: 'idle' }, found.idleCount)
        gauge.set({ pool, state: 'used' }, found.totalCount - found.idleCount)
      }
    },
  )
  metrics.gauge(
    'database_connections_max',
    'Connections to the database that this node may have',
    ['pool'],
    (gauge) => {
      gauge.reset()
      for (const { pool, found } of open()) gauge.set({ pool }, found.options.max)
    },
  )
  metrics.gauge(
    'database_waiting',
    'Who wants a connection to the database and has none yet; after five seconds the request fails',
    ['pool'],
    async (gauge) => {
      // Other figures of this very scrape have just asked for connections that are free: they wait for this turn's end alone.
      await nextTurn()
      gauge.reset()
      for (const { pool, found } of open()) gauge.set({ pool }, found.waitingCount)
    },
  )
}
