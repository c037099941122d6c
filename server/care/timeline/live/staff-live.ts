import type { ClientFrame, ServerFrame } from '../../../../contracts/realtime.ts'
import { databaseProblem, rows, sql } from '../../../platform/database/index.ts'
import type { Staff } from '../../../platform/http/index.ts'
import type { Connection } from '../../../platform/realtime/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readPerson } from '../../subscribers/index.ts'
import { findConversation } from '../conversations/conversation.ts'
import { requireNeedToKnow } from '../conversations/need-to-know.ts'
import type { OutboundContext } from '../outbound/context.ts'
import { findOutbound, presentDelivery } from '../outbound/outbound.ts'
import { readHeld } from '../reading/read-conversation.ts'
import type { LaneFeed } from './lane-feed.ts'
import type { TimelineNotice } from './notices.ts'

const TYPING_MS = 2_000
/** In a flood an inbox is not refetched more often. */
const INBOX_MS = 1_000

/** Calls `act` at once, and then at most once in `ms`, the last time after the last call. */
function throttle(ms: number, act: () => void): () => void {
  let last = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | undefined
  return () => {
    if (timer) return
    const wait = Math.max(0, last + ms - performance.now())
    timer = setTimeout(() => {
      timer = undefined
      last = performance.now()
      act()
    }, wait)
  }
}

/** A conversation on one screen. */
interface Watch {
  readonly conversationId: string
  readonly laneIds: ReadonlySet<string>
  stop(): void
}

/** A signed-in member's open desk. */
interface Screen {
  readonly connection: Connection
  readonly staff: Staff
  readonly watches: Map<string, Watch>
  inbox: boolean
  typedAt: number
}

/** Screens of the staff: what they watch is told as it happens; what they have lost they get again by seq. */
export interface StaffLive {
  accept(connection: Connection, staff: Staff): void
  /** Tells every screen the newest seq of each watched lane, so that a lost last notice is noticed. */
  beat(): Promise<void>
  /** Closes the screens of an ended or locked session. */
  end(sessionId: string, reason: 'session' | 'locked'): void
  /** Sessions and members whose screens are open. */
  open(): { sessionIds: string[]; memberIds: string[] }
}

export function createStaffLive(context: OutboundContext, feed: LaneFeed): StaffLive {
  const screens = new Set<Screen>()

  const guard = (work: Promise<void>) => {
    work.catch((error: unknown) => {
      if (!(error instanceof Refusal) && !databaseProblem(error))
        context.log.error({ err: error }, 'staff live')
    })
  }
  const watchersOf = (conversationId: string) =>
    [...screens].filter((screen) => screen.watches.has(conversationId))
  const tellViewers = (conversationId: string) => {
    const watching = watchersOf(conversationId)
    const agents = [
      ...new Map(watching.map(({ staff }) => [staff.id, { id: staff.id, name: staff.name }])).values(),
    ]
    for (const screen of watching) screen.connection.send({ type: 'viewers', conversationId, agents })
  }
  const unwatch = (screen: Screen, conversationId: string) => {
    screen.watches.get(conversationId)?.stop()
    if (screen.watches.delete(conversationId)) tellViewers(conversationId)
  }

  const onFrame = (screen: Screen, frame: ClientFrame) => {
    switch (frame.type) {
      case 'watch':
        return guard(
          watch(context, feed, screen, frame.conversationId, frame.laneSeqs).then(() =>
            tellViewers(frame.conversationId),
          ),
        )
      case 'unwatch':
        return unwatch(screen, frame.conversationId)
      case 'inbox':
        screen.inbox = frame.on
        return
      case 'typing':
        return guard(passTyping(context, screen, frame.conversationId))
      case 'ping':
        return screen.connection.send({ type: 'pong' })
      case 'hello':
        return
    }
  }

  const heard = hear(context, feed, screens, watchersOf)
  context.bus.subscribe((notice) => {
    // The table has one handler a type; TypeScript cannot see that the two go together.
    const handle = heard[notice.type] as (notice: TimelineNotice) => void | Promise<void>
    guard(Promise.resolve(handle(notice)))
  })

  return {
    accept: (connection, staff) => {
      const screen: Screen = { connection, staff, watches: new Map(), inbox: false, typedAt: 0 }
      screens.add(screen)
      connection.onClose(() => {
        screens.delete(screen)
        for (const conversationId of [...screen.watches.keys()]) unwatch(screen, conversationId)
      })
      connection.send({ type: 'ready', serverTime: context.clock.now().toISOString() })
      connection.onFrame((frame) => onFrame(screen, frame))
    },
    beat: () => beat(context, feed, screens),
    open: () => ({
      sessionIds: [...new Set([...screens].map(({ staff }) => staff.sessionId))],
      memberIds: [...new Set([...screens].map(({ staff }) => staff.id))],
    }),
    end: (sessionId, reason) => {
      for (const screen of screens) {
        if (screen.staff.sessionId !== sessionId) continue
        screen.connection.send({ type: 'ended', reason })
        screen.connection.close()
      }
    },
  }
}

/** Follows every lane of the conversation's person from where the screen stands. The right to it is checked as for reading. */
async function watch(
  context: OutboundContext,
  feed: LaneFeed,
  screen: Screen,
  conversationId: string,
  laneSeqs: Readonly<Record<string, number>>,
): Promise<void> {
  const { db, clock } = context
  await requireNeedToKnow(db, screen.staff, conversationId, clock.now())
  const conversation = await findConversation(db, conversationId)
  const { lanes } = await readPerson(db, conversation.laneId)
  const laneIds = new Set(lanes.filter((lane) => lane.to === null).map((lane) => lane.laneId))
  screen.watches.get(conversationId)?.stop()
  const stops = [...laneIds].map((laneId) =>
    feed.follow({
      laneId,
      seq: laneSeqs[laneId] ?? 0,
      tell: (entries) => screen.connection.send({ type: 'entries', entries: [...entries] }),
      resync: () => screen.connection.send({ type: 'resync', conversationId }),
    }),
  )
  screen.watches.set(conversationId, {
    conversationId,
    laneIds,
    stop: () => {
      for (const stop of stops) stop()
    },
  })
  await markReadByAgent(context, [...laneIds])
}

/** Whoever looks at a conversation has read it: the person sees so. */
async function markReadByAgent(context: OutboundContext, laneIds: string[]): Promise<void> {
  const moved = await rows(
    context.db,
    sql<{ id: string; seq: number }>`update timeline.lane set read_in_seq = last_seq
      where id = any(${laneIds}::uuid[]) and read_in_seq < last_seq returning id, last_seq as seq`,
  )
  for (const { id, seq } of moved) context.bus.publish({ type: 'read-by-agent', laneId: id, seq })
}

async function passTyping(
  context: OutboundContext,
  screen: Screen,
  conversationId: string | undefined,
): Promise<void> {
  const now = context.clock.now().getTime()
  if (!conversationId || !screen.watches.has(conversationId) || now - screen.typedAt < TYPING_MS) return
  screen.typedAt = now
  const { staff } = screen
  context.bus.publish({
    type: 'typing',
    conversationId,
    by: { kind: 'agent', id: staff.id, name: staff.name },
  })
  const { laneId } = await findConversation(context.db, conversationId)
  context.bus.publish({ type: 'agent-typing', laneId })
}

type Heard = {
  readonly [T in TimelineNotice['type']]: (
    notice: Extract<TimelineNotice, { type: T }>,
  ) => void | Promise<void>
}

/** What each notice means for the open screens. */
function hear(
  context: OutboundContext,
  feed: LaneFeed,
  screens: ReadonlySet<Screen>,
  watchersOf: (conversationId: string) => Screen[],
): Heard {
  const tellLane = (laneId: string, frameFor: (conversationId: string) => ServerFrame) => {
    for (const { connection, watches } of watchersOfLane(screens, laneId)) {
      for (const conversationId of watches.keys()) connection.send(frameFor(conversationId))
    }
  }
  return {
    entries: ({ lanes }) => {
      for (const news of lanes) feed.news(news)
      const watched = lanes.map((one) => one.laneId).filter((laneId) => feed.lanes.has(laneId))
      return watched.length > 0 ? markReadByAgent(context, watched) : undefined
    },
    inbox: throttle(INBOX_MS, () => {
      for (const screen of screens) if (screen.inbox) screen.connection.send({ type: 'inbox' })
    }),
    conversation: (notice) => {
      for (const { connection } of watchersOf(notice.conversationId)) connection.send(notice)
    },
    typing: (notice) => {
      for (const { connection, staff } of watchersOf(notice.conversationId)) {
        if (notice.by.id !== staff.id) connection.send(notice)
      }
    },
    'person-typing': ({ laneId }) =>
      tellLane(laneId, (conversationId) => ({
        type: 'typing',
        conversationId,
        by: { kind: 'subscriber', id: null, name: null },
      })),
    'read-by-person': ({ laneId, seq }) => {
      for (const { connection } of watchersOfLane(screens, laneId))
        connection.send({ type: 'read', laneId, seq })
    },
    held: ({ conversationId }) => tellHeld(context, watchersOf(conversationId), conversationId),
    delivery: ({ laneId, messageId }) => tellDelivery(context, watchersOfLane(screens, laneId), messageId),
    // Whose lanes these are has changed: what the screen shows may not be theirs any more.
    person: ({ contactPointIds }) => {
      for (const laneId of contactPointIds)
        tellLane(laneId, (conversationId) => ({ type: 'resync', conversationId }))
    },
    'agent-typing': () => undefined,
    'read-by-agent': () => undefined,
  }
}

function watchersOfLane(screens: ReadonlySet<Screen>, laneId: string): Screen[] {
  return [...screens].filter((screen) =>
    [...screen.watches.values()].some((watching) => watching.laneIds.has(laneId)),
  )
}

async function tellHeld(
  context: OutboundContext,
  watching: readonly Screen[],
  conversationId: string,
): Promise<void> {
  if (watching.length === 0) return
  const held = await readHeld(context.db, conversationId)
  for (const { connection } of watching) connection.send({ type: 'held', conversationId, held })
}

async function tellDelivery(
  context: OutboundContext,
  watching: readonly Screen[],
  messageId: string,
): Promise<void> {
  if (watching.length === 0) return
  const message = await findOutbound(context.db, messageId)
  if (!message || message.seq === null) return
  const frame = {
    type: 'delivery',
    laneId: message.laneId,
    seq: message.seq,
    delivery: presentDelivery(message),
  } as const
  for (const { connection } of watching) connection.send(frame)
}

async function beat(context: OutboundContext, feed: LaneFeed, screens: ReadonlySet<Screen>): Promise<void> {
  if (feed.lanes.size === 0) return
  const found = await rows(
    context.db,
    sql<{
      id: string
      seq: number
    }>`select id, last_seq as seq from timeline.lane where id = any(${[...feed.lanes]}::uuid[])`,
  )
  const seqs = new Map(found.map((row) => [row.id, row.seq]))
  for (const [laneId, seq] of seqs) feed.catchUp(laneId, seq)
  for (const screen of screens) {
    const laneIds = [...screen.watches.values()].flatMap((watching) => [...watching.laneIds])
    if (laneIds.length === 0) continue
    screen.connection.send({
      type: 'beat',
      laneSeqs: Object.fromEntries(laneIds.map((id) => [id, seqs.get(id) ?? 0])),
    })
  }
}
