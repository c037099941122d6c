import type { ClientFrame, ServerFrame } from '../../../contracts/realtime.ts'
import { databaseProblem } from '../../platform/database/index.ts'
import type { Subscriber } from '../../platform/http/index.ts'
import type { Connection } from '../../platform/realtime/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import { linkedLinesOf, readSubscriber } from '../subscribers/index.ts'
import { readLaneStarts, readStoryItems, type TimelineNotice } from '../timeline/index.ts'
import type { MyRoom } from './my-room.ts'
import { stillOpen } from './sessions/session-store.ts'
import { appLaneOf } from './story/app-lane.ts'
import { FILE_PATH, presentItems } from './story/present-story.ts'

const TYPING_MS = 2_000

/** A signed-in person's open app. */
interface Screen {
  readonly connection: Connection
  readonly actor: Subscriber
  /** Lanes that it follows; empty before it asks. */
  lanes: ReadonlySet<string>
  /** Lines of which it hears. */
  lines: ReadonlySet<string>
  chatLaneId: string | null
  /** The newest wish to watch: one that was overtaken by another changes nothing. */
  wish: symbol
  /** What is being told, one after the other. */
  telling: Promise<void>
  typedAt: number
  stop(): void
}

/** Screens of My: the person's story as it goes on, and when to look at a line again. */
export interface MyLive {
  accept(connection: Connection, actor: Subscriber): void
  /** Closes the screens of sessions that have ended. */
  endStale(): Promise<void>
}

/** @param watchBook lets a screen follow the Market's book, where there is one */
export function createMyLive(
  room: MyRoom,
  watchBook?: (connection: Connection, book: Extract<ClientFrame, { type: 'market-watch' }>['book']) => void,
): MyLive {
  const { db, clock, timeline } = room
  const { bus, log } = timeline.context
  const screens = new Set<Screen>()

  const guard = (work: Promise<void>) => {
    work.catch((error: unknown) => {
      if (!(error instanceof Refusal) && !databaseProblem(error)) log.error({ err: error }, 'my live')
    })
  }
  const onFrame = (screen: Screen, frame: ClientFrame) => {
    if (frame.type === 'ping') screen.connection.send({ type: 'pong' })
    if (frame.type === 'market-watch') watchBook?.(screen.connection, frame.book)
    if (frame.type === 'my-watch') guard(watch(room, screen, frame.laneSeqs))
    const now = clock.now().getTime()
    if (frame.type !== 'typing' || screen.chatLaneId === null || now - screen.typedAt < TYPING_MS) return
    screen.typedAt = now
    bus.publish({ type: 'person-typing', laneId: screen.chatLaneId })
  }
  /** Whose lanes and lines these are has changed: what is not the person's any more is told no more, and the app reads all anew. */
  const startOver = (screen: Screen) => {
    screen.stop()
    guard(watch(room, screen, {}))
    screen.connection.send({ type: 'my-resync' })
  }
  bus.subscribe((notice) => {
    for (const screen of screens) {
      for (const frame of framesFor(screen, notice)) screen.connection.send(frame)
      if (notice.type === 'person' && notice.contactPointIds.some((id) => screen.lanes.has(id)))
        startOver(screen)
    }
  })
  return {
    accept: (connection, actor) => {
      const screen: Screen = {
        connection,
        actor,
        lanes: new Set(),
        lines: new Set(),
        chatLaneId: null,
        wish: Symbol('none'),
        telling: Promise.resolve(),
        typedAt: 0,
        stop: () => undefined,
      }
      screens.add(screen)
      connection.onClose(() => {
        screens.delete(screen)
        screen.wish = Symbol('closed')
        screen.stop()
      })
      connection.send({ type: 'ready', serverTime: clock.now().toISOString() })
      connection.onFrame((frame) => onFrame(screen, frame))
    },
    endStale: async () => {
      if (screens.size === 0) return
      const ids = [...new Set([...screens].map(({ actor }) => actor.sessionId))]
      const open = await stillOpen(db, ids, clock.now())
      for (const { actor, connection } of screens) {
        if (open.has(actor.sessionId)) continue
        connection.send({ type: 'ended', reason: 'session' })
        connection.close()
      }
    },
  }
}

/** What a notice means for one screen; entries come otherwise, and whose they are is looked at anew. */
function framesFor({ chatLaneId, lines }: Screen, notice: TimelineNotice): ServerFrame[] {
  switch (notice.type) {
    case 'agent-typing':
      return notice.laneId === chatLaneId ? [{ type: 'chat-typing', name: null }] : []
    case 'read-by-agent':
      return notice.laneId === chatLaneId ? [{ type: 'chat-read', seq: notice.seq }] : []
    case 'line':
      return notice.lineIds.flatMap((lineId) => (lines.has(lineId) ? [{ type: 'my-line', lineId }] : []))
    default:
      return []
  }
}

/**
 * Lets a screen follow the lanes that are the person's now, each from where the screen stands and from nothing before it was theirs. Lanes
 * that it does not name it has read nothing of: they are told from now on.
 */
async function watch(
  room: MyRoom,
  screen: Screen,
  laneSeqs: Readonly<Record<string, number>>,
): Promise<void> {
  const { db, timeline } = room
  const wish = Symbol('watch')
  screen.wish = wish
  const [{ lanes }, lines, chatLaneId] = await Promise.all([
    readSubscriber(db, screen.actor.id),
    linkedLinesOf(db, screen.actor.id),
    appLaneOf(db, room, screen.actor.id),
  ])
  const open = lanes.filter(({ to }) => to === null)
  const starts = await readLaneStarts(db, open)
  if (screen.wish !== wish) return
  screen.stop()
  screen.lanes = new Set(open.map(({ laneId }) => laneId))
  screen.lines = new Set(lines.keys())
  screen.chatLaneId = chatLaneId
  const stops = starts.map(({ laneId, seq, lastSeq }) =>
    timeline.feed.follow({
      laneId,
      from: seq,
      seq: Math.max(seq, laneSeqs[laneId] ?? lastSeq),
      tell: (entries) => tell(room, screen, laneId, entries),
      resync: () => screen.connection.send({ type: 'my-resync' }),
    }),
  )
  screen.stop = () => {
    for (const stop of stops) stop()
  }
}

interface News {
  readonly seq: number
  readonly supersedes: number | null
}

/** Tells what became of the story: an entry itself, or the one that it supersedes as it stands now. In order. */
function tell({ db, timeline }: MyRoom, screen: Screen, laneId: string, news: readonly News[]): void {
  const seqs = [...new Set(news.map(({ seq, supersedes }) => supersedes ?? seq))]
  const last = news.at(-1)?.seq ?? 0
  screen.telling = screen.telling
    .then(async () => {
      const items = await readStoryItems(db, laneId, seqs, FILE_PATH)
      if (items.length === 0) return
      const entries = presentItems(items)
      screen.connection.send({ type: 'my-entries', entries, laneSeqs: { [laneId]: last } })
    })
    .catch((error: unknown) => {
      // It was not told: the app reads it again.
      screen.connection.send({ type: 'my-resync' })
      if (!databaseProblem(error)) timeline.context.log.error({ err: error }, 'my live')
    })
}
