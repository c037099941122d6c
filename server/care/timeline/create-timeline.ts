import type { FastifyInstance } from 'fastify'
import type { attachments } from '../../../contracts/attachments.ts'
import type { channels } from '../../../contracts/channels.ts'
import type { conversations } from '../../../contracts/conversations.ts'
import type { ServerFrame } from '../../../contracts/realtime.ts'
import { announce } from '../../platform/bus/index.ts'
import { afterCommit, inTransaction } from '../../platform/database/index.ts'
import { every } from '../../platform/every.ts'
import type { Handlers, Staff } from '../../platform/http/index.ts'
import type { Loop } from '../../platform/loop.ts'
import type { Connection } from '../../platform/realtime/index.ts'
import { createDoors } from './accounts/doors.ts'
import { runDoors } from './accounts/run-doors.ts'
import { fetchAttachment } from './attachments/fetch-attachment.ts'
import { dropUnusedUploads } from './attachments/upload.ts'
import { wakeSnoozed } from './conversations/change-state.ts'
import { type Filing, startFiling } from './filing/file-arrivals.ts'
import { FILING_RULES } from './filing/rules.ts'
import { attachmentHandlers } from './http/attachment-handlers.ts'
import { channelHandlers } from './http/channel-handlers.ts'
import { conversationHandlers } from './http/conversation-handlers.ts'
import type { Greet } from './inbound/context.ts'
import { createInbound, type Inbound } from './inbound/intake.ts'
import { retryByDoor } from './inbound/retry-by-door.ts'
import { serveWebhooks } from './inbound/webhook-route.ts'
import { createLaneFeed, type LaneFeed } from './live/lane-feed.ts'
import { createStaffLive } from './live/staff-live.ts'
import { greet } from './outbound/greet.ts'
import { startReleasing } from './outbound/release-messages.ts'
import { startSending } from './outbound/send-messages.ts'
import type { TimelineContext } from './timeline-context.ts'

/** What the composition root gives. */
export type TimelineDeps = Omit<
  TimelineContext,
  'doors' | 'rules' | 'announce' | 'afterAccountChange' | 'wakeFiling' | 'wakeSending'
> & {
  /** Counts refused webhooks by channel. */
  readonly onUnauthentic: (channel: string) => void
}

/** The room, put together. */
export interface Timeline {
  readonly context: TimelineContext
  readonly inbound: Inbound
  readonly feed: LaneFeed
  readonly handlers: {
    readonly conversations: Handlers<typeof conversations>
    readonly attachments: Handlers<typeof attachments>
    readonly channels: Handlers<typeof channels>
  }
  serveWebhooks(app: FastifyInstance): Promise<void>
  /** Takes a signed-in member's screen; `address` = where it connects from. */
  acceptStaff(connection: Connection, staff: Staff, address: string): void
  endScreens(sessionId: string, reason: 'session' | 'locked'): void
  /** Tells every screen of this node something that concerns the whole desk. */
  tellScreens(frame: ServerFrame): void
  /** Sessions and members whose screens are open. */
  openScreens(): { sessionIds: string[]; memberIds: string[] }
  /** Background work of a worker node: filing, releasing, sending, doors, timers. Gives what ends it in order. */
  startWorking(): Promise<Working>
  /** Starts what was opened, restarts what was changed, stops what was paused; also done by itself. */
  reconcileDoors(): Promise<void>
  /** For the job table: brings one file from its channel. */
  fetchAttachment(attachmentId: string, lastTry: boolean): Promise<void>
  /** For the job table: greets whoever has opened a door. */
  greet(opened: Greet): Promise<void>
}

export interface Working {
  stop(): Promise<void>
  /** Does what waits until nothing is left. For tests and benchmarks. */
  drain(): Promise<void>
}

const BEAT_MS = 15_000
const TIMERS_MS = 1_000
const FRESH_DOORS_MS = 10_000
const SWEEP_MS = 3_600_000

export function createTimeline(deps: TimelineDeps): Timeline {
  const { db, bus, clock, log } = deps
  const doors = createDoors(db, deps.vault, clock, deps.adapters)
  let filing: Filing | undefined
  let sending: Loop | undefined
  let reconcile = async () => {}
  const context: TimelineContext = {
    ...deps,
    doors,
    rules: FILING_RULES,
    announce: (tx, notice) => announce(tx, bus, notice),
    afterAccountChange: (tx) =>
      afterCommit(tx, () => {
        void doors
          .refresh()
          .then(() => reconcile())
          .catch((error: unknown) => log.error({ err: error }, 'doors'))
      }),
    wakeFiling: () => filing?.wake(),
    wakeSending: () => sending?.wake(),
  }
  const inbound = createInbound(context, () => filing)
  const feed = createLaneFeed(db, log)
  const live = createStaffLive(context, feed)
  every({ ms: BEAT_MS, log, name: 'beat' }, live.beat)

  return {
    context,
    inbound,
    feed,
    handlers: {
      conversations: conversationHandlers(context),
      attachments: attachmentHandlers(context),
      channels: channelHandlers(context),
    },
    serveWebhooks: (app) => serveWebhooks(app, doors, inbound, deps.onUnauthentic),
    acceptStaff: live.accept,
    endScreens: live.end,
    tellScreens: live.tell,
    openScreens: live.open,
    reconcileDoors: () => reconcile(),
    fetchAttachment: (id, lastTry) => fetchAttachment(context, id, lastTry),
    greet: (opened) => greet(context, opened),
    startWorking: async () => {
      filing = startFiling(context)
      sending = startSending(context)
      const releasing = startReleasing(context, context.wakeSending)
      const running = runDoors(context, inbound)
      reconcile = running.reconcile
      await running.reconcile()
      const retries = retryByDoor(context, doors, context.wakeFiling)
      const stopTimers = [
        every({ ms: TIMERS_MS, log, name: 'snoozed' }, () =>
          wakeSnoozed(context, (work) => inTransaction(db, work)),
        ),
        every({ ms: TIMERS_MS, log, name: 'unfiled' }, () => retries.look()),
        every({ ms: FRESH_DOORS_MS, log, name: 'doors' }, () => running.reconcile()),
        every({ ms: SWEEP_MS, log, name: 'unused uploads' }, () => dropUnusedUploads(context)),
      ]
      const loops = [filing, releasing, sending]
      return {
        stop: async () => {
          for (const stop of stopTimers) stop()
          retries.stop()
          await running.stop()
          for (const loop of loops) await loop.stop()
        },
        drain: async () => {
          for (const loop of loops) await loop.drain()
        },
      }
    },
  }
}
