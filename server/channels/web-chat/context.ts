import type { ChannelAccountRow, Timeline } from '../../care/timeline/index.ts'
import type { Db } from '../../platform/database/index.ts'

/** What this door works with; made once, in the composition root. */
export interface WebChatContext {
  readonly db: Db
  readonly timeline: Timeline
  /** Our own origins: the demo page and a site on the same host need no entry in the list. */
  readonly ownOrigins: readonly string[]
  /** Refuses with `rate_limited` when too many begin to talk from an address. */
  readonly admit: (address: string) => Promise<void>
  /** Refuses with `rate_limited` when a visitor does something too often. */
  readonly limit: (what: 'message' | 'upload', visitorId: string) => Promise<void>
}

/** The web-chat account with this id; undefined when there is none. */
export async function findChat(
  { timeline }: WebChatContext,
  id: string,
): Promise<ChannelAccountRow | undefined> {
  const door = await timeline.context.doors.find(id)
  return door?.account.kind === 'web-chat' ? door.account : undefined
}
