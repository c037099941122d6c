import type { ServerFrame } from '../../../../contracts/realtime.ts'
import { throttle } from '../../../platform/throttle.ts'
import type { OutboundContext } from '../outbound/context.ts'
import { findOutbound, presentDelivery } from '../outbound/outbound.ts'
import { readHeld } from '../reading/read-conversation.ts'
import type { LaneFeed } from './lane-feed.ts'
import type { TimelineNotice } from './notices.ts'
import type { Screen, Watch } from './watch.ts'

/** In a flood an inbox is not refetched more often. */
const INBOX_MS = 1_000

export type Heard = {
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
export function hear(
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
