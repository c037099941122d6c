import type { OutboundContext } from '../outbound/context.ts'
import type { LaneFeed } from './lane-feed.ts'
import { findStale, letGo, letIn, type Screen, toldSeqs, type Watch } from './watch.ts'

/** Which open screen watches which conversation; those of one conversation see each other. */
export interface Watching {
  watch(screen: Screen, conversationId: string, laneSeqs: Record<string, number>): Promise<void>
  unwatch(screen: Screen, conversationId: string): void
  /** The lanes may be others now: the screen looks again, and is let in anew where it stands. */
  renew(screen: Screen, watch: Watch): Promise<void>
  /** Lets go who may not watch any more, and renews what has become somebody else's. */
  revise(): Promise<void>
  watchersOf(conversationId: string): Screen[]
}

/** @param onLetIn hears of the lanes that an agent has before their eyes now */
export function createWatching(
  context: OutboundContext,
  feed: LaneFeed,
  screens: ReadonlySet<Screen>,
  onLetIn: (laneIds: Iterable<string>) => void,
): Watching {
  const watchersOf = (conversationId: string) =>
    [...screens].filter((screen) => screen.watches.has(conversationId))
  const tellViewers = (conversationId: string) => {
    const watching = watchersOf(conversationId)
    const agents = [
      ...new Map(watching.map(({ staff }) => [staff.id, { id: staff.id, name: staff.name }])).values(),
    ]
    for (const { connection } of watching) connection.send({ type: 'viewers', conversationId, agents })
  }
  const watch: Watching['watch'] = async (screen, conversationId, laneSeqs) => {
    try {
      const one = await letIn(context, feed, screen, conversationId, laneSeqs)
      if (one) onLetIn(one.followers.keys())
    } finally {
      tellViewers(conversationId)
    }
  }
  const renew: Watching['renew'] = (screen, one) => {
    screen.connection.send({ type: 'resync', conversationId: one.conversationId })
    one.stop()
    return watch(screen, one.conversationId, toldSeqs(one))
  }

  return {
    watch,
    renew,
    watchersOf,
    unwatch: (screen, conversationId) => {
      screen.wishes.delete(conversationId)
      screen.watches.get(conversationId)?.stop()
      if (screen.watches.delete(conversationId)) tellViewers(conversationId)
    },
    revise: async () => {
      const { forbidden, moved } = await findStale(context, screens)
      for (const { screen, watch: one } of forbidden) {
        letGo(screen, one.conversationId)
        tellViewers(one.conversationId)
      }
      for (const { screen, watch: one } of moved) await renew(screen, one)
    },
  }
}
