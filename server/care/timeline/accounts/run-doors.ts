import { randomUUID } from 'node:crypto'
import type { Executor } from '../../../platform/database/index.ts'
import type { ChannelAccountRow, ChannelAdapter, Intake } from '../channel-adapter.ts'
import type { Inbound } from '../inbound/intake.ts'
import type { TimelineContext } from '../timeline-context.ts'
import { readCursor, reportHealth, saveCursor } from './accounts.ts'
import { holdDoor, releaseDoor } from './door-lease.ts'

interface Running {
  /** What was started: a changed account is started anew. */
  readonly print: string
  stop(): Promise<void>
}

/** Keeps the pollers, mailbox readers and webhook subscriptions of active accounts running, each on one node. */
export interface RunningDoors {
  /** Starts what was opened, restarts what was changed, stops what was paused. */
  reconcile(): Promise<void>
  stop(): Promise<void>
}

export function runDoors(context: TimelineContext, inbound: Inbound): RunningDoors {
  const running = new Map<string, Running>()
  let queue: Promise<void> = Promise.resolve()

  const node = randomUUID()

  const stop = async (id: string, one: Running) => {
    running.delete(id)
    await one.stop()
    await releaseDoor(context.db, id, node)
  }
  const reconcileNow = async () => {
    const doors = (await context.doors.all()).filter(
      ({ account, adapter }) => account.state === 'active' && adapter.run,
    )
    for (const [id, one] of [...running]) {
      const door = doors.find(({ account }) => account.id === id)
      const ours =
        door &&
        printOf(door.account) === one.print &&
        (await holdDoor(context.db, id, node, context.clock.now()))
      if (!ours) await stop(id, one)
    }
    for (const { account, adapter } of doors) {
      if (running.has(account.id)) continue
      if (await holdDoor(context.db, account.id, node, context.clock.now())) await start(account, adapter)
    }
  }
  const start = async (account: ChannelAccountRow, adapter: ChannelAdapter) => {
    const intake = intakeOf(context, context.db, account, adapter, inbound)
    try {
      const stop = await adapter.run?.(account, intake)
      if (stop) running.set(account.id, { print: printOf(account), stop })
    } catch (error) {
      context.log.error({ err: error, account: account.id }, 'door could not be started')
      await intake.reportHealth('down', 'could not be started')
    }
  }
  return {
    reconcile: () => {
      queue = queue.then(reconcileNow).catch((error: unknown) => context.log.error({ err: error }, 'doors'))
      return queue
    },
    stop: async () => {
      await queue
      await Promise.all([...running].map(([id, one]) => stop(id, one)))
    },
  }
}

const printOf = ({ settings, secrets }: ChannelAccountRow): string => JSON.stringify([settings, secrets])

function intakeOf(
  context: TimelineContext,
  db: Executor,
  account: ChannelAccountRow,
  adapter: ChannelAdapter,
  inbound: Inbound,
): Intake {
  return {
    receive: (payload) => inbound.receive(account, adapter, payload),
    readCursor: () => readCursor(db, account.id),
    saveCursor: (cursor) => saveCursor(db, account.id, cursor),
    reportHealth: (state, reason) =>
      reportHealth(db, account.id, { state, reason, checkedAt: context.clock.now().toISOString() }),
  }
}
