import { measureLag } from '../care/search/index.ts'
import { countArrivals, countOutbound, countUnfiled, listHealth } from '../care/timeline/index.ts'
import { countLateDeliveries } from '../integrations/webhooks/index.ts'
import { measureUsageLag } from '../operator/lines/index.ts'
import { countPayments } from '../operator/payments/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/database/index.ts'
import { countJobs, countSetAside } from '../platform/jobs/index.ts'
import type { Metrics } from '../platform/telemetry/index.ts'
import { countUnknownOrders } from '../tmf/index.ts'

/** What the tables say about the house, looked up at each scrape. Every node tells the same: take the maximum, not the sum. */
export function measureHouse(metrics: Metrics, db: Db, clock: Clock): void {
  const count = (name: string, help: string, look: () => Promise<number>) =>
    metrics.gauge(name, help, [], async (gauge) => gauge.set(await look()))

  count('search_lag_ms', 'Age of the oldest entry that search does not know yet', () =>
    measureLag(db, clock.now()),
  )
  count('usage_lag_ms', 'How long the usage of lines that waits longest has been due to be settled', () =>
    measureUsageLag(db, clock.now()),
  )
  count('unfiled_events', 'Inbound events that wait for a person, counted up to 1000', () => countUnfiled(db))
  count(
    'unknown_remote_orders',
    'Orders of which the system that keeps the lines gives no answer, counted up to 1000',
    () => countUnknownOrders(db),
  )
  count('filing_backlog', 'Accepted batches that are not yet filed, counted up to 1000', () =>
    countArrivals(db),
  )
  count('dead_jobs', 'Jobs that have used up their attempts', async () => (await countJobs(db)).dead)
  count(
    'late_webhook_deliveries',
    'Events that other systems have not taken after four attempts, counted up to 1000',
    () => countLateDeliveries(db),
  )
  metrics.gauge(
    'set_aside',
    'Rows on which work failed and that wait to be tried again, by kind of work, counted up to 1000',
    ['work'],
    async (gauge) => {
      const counts = await countSetAside(db, clock.now())
      gauge.reset()
      for (const { work, count: aside } of counts) gauge.set({ work }, aside)
    },
  )
  metrics.gauge(
    'channel_health',
    'How each open channel account fares: 1 for the state that it is in',
    ['channel', 'name', 'state'],
    async (gauge) => {
      const doors = await listHealth(db)
      gauge.reset()
      for (const door of doors) gauge.set(door, 1)
    },
  )
  metrics.gauge(
    'open_payments',
    'Payments that are not settled, by state; unknown: a person has to look',
    ['state'],
    async (gauge) => {
      const counts = await countPayments(db)
      gauge.reset()
      for (const { state, count: payments } of counts) gauge.set({ state }, payments)
    },
  )
  metrics.gauge(
    'outbound_messages',
    'Messages on their way or in trouble, by state',
    ['state'],
    async (gauge) => {
      const counts = await countOutbound(db)
      gauge.reset()
      for (const { state, count: messages } of counts) gauge.set({ state }, messages)
    },
  )
}
