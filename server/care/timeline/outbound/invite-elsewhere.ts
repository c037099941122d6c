import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import { describeContactPoints } from '../../subscribers/index.ts'
import type { Lane } from '../lanes/lanes.ts'
import type { OutboundContext } from './context.ts'

/**
 * At a door that may only invite (41-FZ), whoever begins to talk is told once an interaction where they will be answered.
 * The fixed text is the only thing that leaves through such a door.
 */
export async function inviteElsewhere(
  tx: Executor,
  context: OutboundContext,
  lane: Lane,
  conversationId: string,
): Promise<void> {
  const door = await context.doors.find(lane.channelAccountId ?? '')
  if (door?.account.policy !== 'invite-only' || door.account.state === 'paused') return
  const now = context.clock.now()
  const described = await describeContactPoints(tx, [lane.id], now)
  const locale = described.get(lane.id)?.locale?.startsWith('en') ? 'en' : 'ru'
  const body = { type: 'message', text: await invitationIn(context, locale) }
  await rows(
    tx,
    sql`insert into timeline.outbound (id, conversation_id, lane_id, author_kind, state, body, release_at, created_at, changed_at)
      values (${newId(context.clock)}, ${conversationId}, ${lane.id}, 'system', 'held', ${JSON.stringify(body)}, ${now}, ${now}, ${now})`,
  )
}

/** The fixed text, with the doors where one may be answered in full now. */
export async function invitationIn(
  { doors, invitation }: OutboundContext,
  locale: 'ru' | 'en',
): Promise<string> {
  const open = (await doors.all()).filter(
    ({ account }) => account.state === 'active' && account.policy === 'full',
  )
  return invitation(locale, open)
}
