import type { Staff } from '../../../platform/http/index.ts'
import type { Connection } from '../../../platform/realtime/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { linkedLinesOf, readPersons } from '../../subscribers/index.ts'
import { knownAmong } from '../conversations/need-to-know.ts'
import { openConversation } from '../conversations/open-conversation.ts'
import { personOf } from '../conversations/whose.ts'
import type { OutboundContext } from '../outbound/context.ts'
import type { Follower, LaneFeed } from './lane-feed.ts'
import { readLaneStarts } from './lane-starts.ts'

/** A conversation on one screen. */
export interface Watch {
  readonly conversationId: string
  /** Whose lanes they were when it was let in; null = nobody's subscriber. */
  readonly subscriberId: string | null
  /** By lane. */
  readonly followers: ReadonlyMap<string, Follower>
  /** The person's lines, also those that they are only trusted with. */
  readonly lines: ReadonlySet<string>
  stop(): void
}

/** A signed-in member's open desk. */
export interface Screen {
  readonly connection: Connection
  readonly staff: Staff
  /** Where it connects from. */
  readonly address: string
  readonly watches: Map<string, Watch>
  /** The newest wish to watch each conversation, until it is taken back: whoever was asked before it is not let in. */
  readonly wishes: Map<string, symbol>
  inbox: boolean
  typedAt: number
}

/**
 * Lets a screen follow the lanes of the conversation's person, from where the screen stands, and nothing from before they were this
 * person's. The right to it is checked and the look recorded as for reading; who may not know it (any more) loses what they had.
 * @returns the watch; undefined when it has left, or asked anew, in the meantime. Refuses with `not_found`, `need_to_know`.
 */
export async function letIn(
  context: OutboundContext,
  feed: LaneFeed,
  screen: Screen,
  conversationId: string,
  laneSeqs: Readonly<Record<string, number>>,
): Promise<Watch | undefined> {
  const wish = Symbol(conversationId)
  screen.wishes.set(conversationId, wish)
  const wanted = () => screen.wishes.get(conversationId) === wish
  try {
    const { subscriberId, starts, lines } = await askForLanes(context, screen, conversationId)
    if (!wanted()) return undefined
    screen.watches.get(conversationId)?.stop()
    const watch = follow(feed, screen, { conversationId, subscriberId, starts, lines, laneSeqs })
    screen.watches.set(conversationId, watch)
    return watch
  } catch (error) {
    if (error instanceof Refusal && wanted()) letGo(screen, conversationId)
    throw error
  }
}

/** Ends a watch that may not go on; the screen looks again and finds out why. */
export function letGo(screen: Screen, conversationId: string): void {
  screen.wishes.delete(conversationId)
  const watch = screen.watches.get(conversationId)
  if (!watch) return
  watch.stop()
  screen.watches.delete(conversationId)
  screen.connection.send({ type: 'resync', conversationId })
}

async function askForLanes(
  { db, clock }: OutboundContext,
  { staff, address }: Screen,
  conversationId: string,
) {
  const row = await openConversation(db, clock, conversationId, { actor: staff, address })
  const { lanes, subscriberId } = await personOf(db, row)
  const open = lanes.filter((lane) => lane.to === null)
  const lines = subscriberId === null ? [] : (await linkedLinesOf(db, subscriberId)).keys()
  return { subscriberId, starts: await readLaneStarts(db, open), lines: new Set(lines) }
}

interface Allowed {
  readonly conversationId: string
  readonly subscriberId: string | null
  readonly starts: readonly { readonly laneId: string; readonly seq: number }[]
  readonly lines: ReadonlySet<string>
  readonly laneSeqs: Readonly<Record<string, number>>
}

function follow(
  feed: LaneFeed,
  { connection }: Screen,
  { conversationId, subscriberId, starts, lines, laneSeqs }: Allowed,
): Watch {
  const followers = starts.map(
    ({ laneId, seq }): Follower => ({
      laneId,
      from: seq,
      seq: Math.max(seq, laneSeqs[laneId] ?? 0),
      tell: (entries) => connection.send({ type: 'entries', entries: [...entries] }),
      resync: () => connection.send({ type: 'resync', conversationId }),
    }),
  )
  const stops = followers.map((follower) => feed.follow(follower))
  return {
    conversationId,
    subscriberId,
    followers: new Map(followers.map((follower) => [follower.laneId, follower])),
    lines,
    stop: () => {
      for (const stop of stops) stop()
    },
  }
}

/** What a screen has been told of each lane of a watch. */
export const toldSeqs = ({ followers }: Watch): Record<string, number> =>
  Object.fromEntries([...followers].map(([laneId, { seq }]) => [laneId, seq]))

interface Open {
  readonly screen: Screen
  readonly watch: Watch
}

/**
 * Looks whether those who watch still may, and whether the lanes are still that person's: two queries, however many screens. Rights end
 * by time and by what colleagues do, and a notice of it may get lost.
 * @returns watches whose agent may not know the conversation any more, and those whose lanes are somebody else's now
 */
export async function findStale(
  { db, clock }: OutboundContext,
  screens: Iterable<Screen>,
): Promise<{ forbidden: Open[]; moved: Open[] }> {
  const open: Open[] = [...screens].flatMap((screen) =>
    [...screen.watches.values()].map((watch) => ({ screen, watch })),
  )
  const looks = open.map(({ screen, watch }) => ({
    actor: screen.staff,
    conversationId: watch.conversationId,
  }))
  const lanes = [...new Set(open.flatMap(({ watch }) => [...watch.followers.keys()]))]
  const [known, persons] = await Promise.all([knownAmong(db, looks, clock.now()), readPersons(db, lanes)])
  const hasMoved = ({ followers, subscriberId }: Watch) =>
    [...followers.keys()].some((laneId) => {
      const person = persons.get(laneId)
      return person !== undefined && person.subscriberId !== subscriberId
    })
  return {
    forbidden: open.filter((_, index) => !known[index]),
    moved: open.filter(({ watch }, index) => known[index] && hasMoved(watch)),
  }
}
