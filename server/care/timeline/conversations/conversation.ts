import type { ChannelKind } from '../../../../contracts/channels.ts'
import type { ConversationState, Outcome } from '../../../../contracts/conversations.ts'
import { type Executor, maybeOne, rows, sql } from '../../../platform/database/index.ts'
import { found } from '../../../platform/refusal.ts'

/** One matter, as the table has it. */
export interface ConversationRow {
  readonly id: string
  readonly number: number
  readonly contactPointId: string
  readonly laneId: string
  readonly channel: ChannelKind
  readonly state: ConversationState
  readonly version: number
  readonly topicId: string | null
  readonly outcome: Outcome | null
  readonly summaryNote: string | null
  readonly assigneeId: string | null
  readonly waitingSince: Date | null
  readonly rank: number
  readonly openedAt: Date
  readonly snoozedUntil: Date | null
  readonly resolvedAt: Date | null
  readonly reopened: number
  readonly trouble: boolean
  readonly mutedAs: 'spam' | 'abuse' | null
  /** A call that was promised and not made yet: from when on, by the clock of which zone, at which number. */
  readonly callBackAt: Date | null
  readonly callBackZone: string | null
  readonly callBackMsisdn: string | null
}

/** Columns of `timeline.conversation c`. */
export const CONVERSATION = sql`
  c.id, c.number, c.contact_point_id as "contactPointId", c.lane_id as "laneId", c.channel, c.state, c.version, c.topic_id as "topicId",
  c.outcome, c.summary_note as "summaryNote", c.assignee_id as "assigneeId", c.waiting_since as "waitingSince", c.rank,
  c.opened_at as "openedAt", c.snoozed_until as "snoozedUntil", c.resolved_at as "resolvedAt", c.reopened, c.trouble, c.muted_as as "mutedAs",
  c.call_back_at as "callBackAt", c.call_back_zone as "callBackZone", c.call_back_msisdn as "callBackMsisdn"`

/** The state of a conversation that is not resolved any more: what was muted is out of sight still. */
export const OPEN_AGAIN = sql`case when muted_as is null then 'open' else 'muted' end`

/** Refuses with `not_found`. */
export async function findConversation(db: Executor, id: string): Promise<ConversationRow> {
  return found(
    await maybeOne(
      db,
      sql<ConversationRow>`select ${CONVERSATION} from timeline.conversation c where c.id = ${id}`,
    ),
    'conversation',
  )
}

/** Locks the rows of conversations, in the order of their ids; their lanes are locked before them, always. */
export function lockConversations(tx: Executor, ids: readonly string[]): Promise<ConversationRow[]> {
  return rows(
    tx,
    sql<ConversationRow>`select ${CONVERSATION} from timeline.conversation c
      where c.id = any(${[...ids]}::uuid[]) order by c.id for no key update`,
  )
}

/** No call is promised any more. */
export const NO_CALL_BACK = sql`call_back_at = null, call_back_zone = null, call_back_msisdn = null`
