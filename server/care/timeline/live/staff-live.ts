import type { ClientFrame, ServerFrame } from '../../../../contracts/realtime.ts'
import { databaseProblem, rows, sql } from '../../../platform/database/index.ts'
import type { Staff } from '../../../platform/http/index.ts'
import type { Connection } from '../../../platform/realtime/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { findConversation } from '../conversations/conversation.ts'
import type { OutboundContext } from '../outbound/context.ts'
import { findOutbound, presentDelivery } from '../outbound/outbound.ts'
import { readHeld } from '../reading/read-conversation.ts'
import type { LaneFeed } from './lane-feed.ts'
import type { TimelineNotice } from './notices.ts'
import { createReadMarks } from './read-marks.ts'
import { findStale, letGo, letIn, type Screen, toldSeqs, type Watch } from './watch.ts'

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

/** Screens of the staff: what they watch is told as it happens; what they have lost they get again by seq. */
export interface StaffLive {
  /** `address` = where it connects from. */
  accept(connection: Connection, staff: Staff, address: string): void
  /**
   * Tells every screen the newest seq of each watched lane, so that a lost last notice is noticed; lets go who may not watch any more.
   */
  beat(): Promise<void>
  /** Tells every screen of this node something that concerns the whole desk. */
  tell(frame: ServerFrame): void
  /** Closes the screens of an ended or locked session. */
  end(sessionId: string, reason: 'session' | 'locked'): void
  /** Sessions and members whose screens are open. */
  open(): { sessionIds: string[]; memberIds: string[] }
}

export function createStaffLive(context: OutboundContext, feed: LaneFeed): StaffLive {
  const screens = new Set<Screen>()

  const tellDefect = (error: unknown) => {
    if (!(error instanceof Refusal) && !databaseProblem(error))
      context.log.error({ err: error }, 'staff live')
  }
  const guard = (work: Promise<void>) => {
    work.catch(tellDefect)
  }
  const readMarks = createReadMarks(context, tellDefect)
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
    screen.wishes.delete(conversationId)
    screen.watches.get(conversationId)?.stop()
    if (screen.watches.delete(conversationId)) tellViewers(conversationId)
  }
  const watch = async (screen: Screen, conversationId: string, laneSeqs: Record<string, number>) => {
    try {
      const one = await letIn(context, feed, screen, conversationId, laneSeqs)
      if (one) readMarks.add(one.followers.keys())
    } finally {
      tellViewers(conversationId)
    }
  }
  /** The lanes may be others now: the screen looks again, and we let it in anew where it stands. */
  const renew = (screen: Screen, one: Watch) => {
    screen.connection.send({ type: 'resync', conversationId: one.conversationId })
    one.stop()
    return watch(screen, one.conversationId, toldSeqs(one))
  }
  const revise = async () => {
    const { forbidden, moved } = await findStale(context, screens)
    for (const { screen, watch } of forbidden) {
      letGo(screen, watch.conversationId)
      tellViewers(watch.conversationId)
    }
    for (const { screen, watch } of moved) await renew(screen, watch)
  }

  const onFrame = (screen: Screen, frame: ClientFrame) => {
    switch (frame.type) {
      case 'watch':
        return guard(watch(screen, frame.conversationId, frame.laneSeqs))
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
      case 'my-watch':
        return
    }
  }

  const heard = hear(context, feed, screens, {
    watchersOf,
    renew: (screen, one) => guard(renew(screen, one)),
    markRead: readMarks.add,
  })
  context.bus.subscribe((notice) => {
    // The table has one handler a type; TypeScript cannot see that the two go together.
    const handle = heard[notice.type] as (notice: TimelineNotice) => void | Promise<void>
    guard(Promise.resolve(handle(notice)))
  })

  return {
    accept: (connection, staff, address) => {
      const screen: Screen = {
        connection,
        staff,
        address,
        watches: new Map(),
        wishes: new Map(),
        inbox: false,
        typedAt: 0,
      }
      screens.add(screen)
      connection.onClose(() => {
        screens.delete(screen)
        screen.wishes.clear()
        for (const conversationId of [...screen.watches.keys()]) unwatch(screen, conversationId)
      })
      connection.send({ type: 'ready', serverTime: context.clock.now().toISOString() })
      connection.onFrame((frame) => onFrame(screen, frame))
    },
    tell: (frame) => {
      for (const { connection } of screens) connection.send(frame)
    },
    beat: async () => {
      await revise()
      await beat(context, feed, screens)
    },
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

interface Acts {
  watchersOf(conversationId: string): Screen[]
  renew(screen: Screen, watch: Watch): void
  markRead(laneIds: readonly string[]): void
}

/** What each notice means for the open screens. */
function hear(
  context: OutboundContext,
  feed: LaneFeed,
  screens: ReadonlySet<Screen>,
  { watchersOf, renew, markRead }: Acts,
): Heard {
  const watchesOf = (laneId: string) =>
    [...screens].flatMap((screen) =>
      [...screen.watches.values()].flatMap((watch) =>
        watch.followers.has(laneId) ? [{ screen, watch }] : [],
      ),
    )
  const tellLane = (laneId: string, frameFor: (conversationId: string) => ServerFrame) => {
    for (const { screen, watch } of watchesOf(laneId)) screen.connection.send(frameFor(watch.conversationId))
  }
  return {
    entries: ({ lanes }) => {
      for (const news of lanes) feed.news(news)
      // The person follows their own lanes too: only what an agent watches is read by one.
      const named = lanes.map((one) => one.laneId)
      markRead(named.filter((laneId) => feed.lanes.has(laneId) && watchesOf(laneId).length > 0))
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
      for (const { connection } of watchersOfEntry(screens, laneId, seq))
        connection.send({ type: 'read', laneId, seq })
    },
    held: ({ conversationId }) => tellHeld(context, watchersOf(conversationId), conversationId),
    delivery: ({ laneId, messageId }) =>
      watchesOf(laneId).length > 0 ? tellDelivery(context, screens, messageId) : undefined,
    // Whose lanes these are has changed: what the screen shows may not be theirs any more.
    person: ({ contactPointIds }) => {
      const touched = new Map(contactPointIds.flatMap(watchesOf).map(({ screen, watch }) => [watch, screen]))
      for (const [watch, screen] of touched) renew(screen, watch)
    },
    line: ({ lineIds }) => {
      for (const screen of screens)
        for (const lineId of linesOf(screen, lineIds)) screen.connection.send({ type: 'line', lineId })
    },
    approvals: () => {
      for (const { connection, staff } of screens)
        if (staff.roles.some((role) => role === 'supervisor' || role === 'admin'))
          connection.send({ type: 'approvals' })
    },
    'agent-typing': () => undefined,
    'read-by-agent': () => undefined,
    book: () => undefined,
  }
}

/** Which of these lines a screen shows. */
function linesOf({ watches }: Screen, lineIds: readonly string[]): string[] {
  const shown = [...watches.values()]
  return shown.length === 0 ? [] : lineIds.filter((id) => shown.some(({ lines }) => lines.has(id)))
}

/** Those who follow a lane, as far as an entry of it is their business. */
function watchersOfEntry(screens: ReadonlySet<Screen>, laneId: string, seq: number): Screen[] {
  return [...screens].filter((screen) =>
    [...screen.watches.values()].some(
      ({ followers }) => seq > (followers.get(laneId)?.from ?? Number.POSITIVE_INFINITY),
    ),
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
  screens: ReadonlySet<Screen>,
  messageId: string,
): Promise<void> {
  const message = await findOutbound(context.db, messageId)
  if (!message || message.seq === null) return
  const frame = {
    type: 'delivery',
    laneId: message.laneId,
    seq: message.seq,
    delivery: presentDelivery(message),
  } as const
  for (const { connection } of watchersOfEntry(screens, message.laneId, message.seq)) connection.send(frame)
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
    const laneIds = [...screen.watches.values()].flatMap(({ followers }) => [...followers.keys()])
    if (laneIds.length === 0) continue
    screen.connection.send({
      type: 'beat',
      laneSeqs: Object.fromEntries(laneIds.map((id) => [id, seqs.get(id) ?? 0])),
    })
  }
}
