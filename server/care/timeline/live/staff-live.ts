import type { ClientFrame, ServerFrame } from '../../../../contracts/realtime.ts'
import { databaseProblem } from '../../../platform/database/index.ts'
import type { Staff } from '../../../platform/http/index.ts'
import type { Connection } from '../../../platform/realtime/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { findConversation } from '../conversations/conversation.ts'
import type { OutboundContext } from '../outbound/context.ts'
import { beat } from './beat.ts'
import { hear } from './heard.ts'
import type { LaneFeed } from './lane-feed.ts'
import type { TimelineNotice } from './notices.ts'
import { createReadMarks } from './read-marks.ts'
import type { Screen } from './watch.ts'
import { createWatching, type Watching } from './watching.ts'

const TYPING_MS = 2_000

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
  const watching = createWatching(context, feed, screens, readMarks.add)

  const heard = hear(context, feed, screens, {
    watchersOf: watching.watchersOf,
    renew: (screen, one) => guard(watching.renew(screen, one)),
    markRead: readMarks.add,
  })
  context.bus.subscribe((notice) => {
    // The table has one handler a type; TypeScript cannot see that the two go together.
    const handle = heard[notice.type] as (notice: TimelineNotice) => void | Promise<void>
    guard(Promise.resolve(handle(notice)))
  })

  return {
    accept: (connection, staff, address) => {
      const screen = openScreen(connection, staff, address)
      screens.add(screen)
      connection.onClose(() => {
        screens.delete(screen)
        screen.wishes.clear()
        for (const conversationId of [...screen.watches.keys()]) watching.unwatch(screen, conversationId)
      })
      connection.send({ type: 'ready', serverTime: context.clock.now().toISOString() })
      connection.onFrame((frame) => guard(obey(context, watching, screen, frame)))
    },
    tell: (frame) => {
      for (const { connection } of screens) connection.send(frame)
    },
    beat: async () => {
      await watching.revise()
      await beat(context, feed, screens)
    },
    open: () => ({
      sessionIds: [...new Set([...screens].map(({ staff }) => staff.sessionId))],
      memberIds: [...new Set([...screens].map(({ staff }) => staff.id))],
    }),
    end: (sessionId, reason) => {
      for (const { staff, connection } of screens) {
        if (staff.sessionId !== sessionId) continue
        connection.send({ type: 'ended', reason })
        connection.close()
      }
    },
  }
}

const openScreen = (connection: Connection, staff: Staff, address: string): Screen => ({
  connection,
  staff,
  address,
  watches: new Map(),
  wishes: new Map(),
  inbox: false,
  typedAt: 0,
})

/** Does what a screen asks for. */
async function obey(
  context: OutboundContext,
  watching: Watching,
  screen: Screen,
  frame: ClientFrame,
): Promise<void> {
  switch (frame.type) {
    case 'watch':
      return watching.watch(screen, frame.conversationId, frame.laneSeqs)
    case 'unwatch':
      return watching.unwatch(screen, frame.conversationId)
    case 'inbox':
      screen.inbox = frame.on
      return
    case 'typing':
      return passTyping(context, screen, frame.conversationId)
    case 'ping':
      return screen.connection.send({ type: 'pong' })
    case 'hello':
    case 'my-watch':
      return
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
