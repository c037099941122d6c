import type { Conversation, PersonLane } from '../../../../contracts/conversations.ts'
import type { HeldMessage } from '../../../../contracts/entries.ts'
import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import type { Service, Staff } from '../../../platform/http/index.ts'
import {
  type ContactPointDescription,
  describeContactPoints,
  maskAddress,
  type Person,
} from '../../subscribers/index.ts'
import type { Door } from '../accounts/doors.ts'
import type { MessageBody } from '../channel-adapter.ts'
import { CONVERSATION, type ConversationRow } from '../conversations/conversation.ts'
import { readDraft } from '../conversations/drafts.ts'
import { conversationsIn, personOf } from '../conversations/whose.ts'
import { windowClosesAt } from '../outbound/check-reply.ts'
import type { OutboundContext } from '../outbound/context.ts'
import { presentConversations } from './present-conversations.ts'

/** One conversation with the person behind it, the doors to reply through, and the reader's own draft. */
export async function readConversation(
  db: Executor,
  context: OutboundContext,
  row: ConversationRow,
  reader: Staff | Service,
): Promise<Conversation> {
  const [[summary], person, segments, held, draft] = await Promise.all([
    presentConversations(db, [row], reader, context.clock.now()),
    personOf(db, row),
    readSegments(db, row.id),
    readHeld(db, row.id),
    readDraft(db, reader.id, row.id),
  ])
  if (!summary) throw new Error('a conversation without a summary')
  const lanes = await readLanes(db, context, person)
  const reply = lanes.find((lane) => lane.laneId === row.laneId) ?? lanes[0]
  return {
    ...summary,
    lanes,
    replyLaneId: reply?.laneId ?? null,
    segments,
    held,
    draft,
    outcome: row.outcome,
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    summaryNote: row.summaryNote,
  }
}

function readSegments(db: Executor, conversationId: string): Promise<Conversation['segments']> {
  return rows(
    db,
    sql<Conversation['segments'][number]>`
      select s.lane_id as "laneId", l.channel, s.from_seq as "fromSeq", s.to_seq as "toSeq", s.interaction_id as "interactionId"
      from timeline.segment s join timeline.lane l on l.id = s.lane_id
      where s.conversation_id = ${conversationId} order by s.id desc limit 200`,
  )
}

interface HeldRow {
  readonly id: string
  readonly conversationId: string
  readonly laneId: string
  readonly authorId: string
  readonly authorName: string | null
  readonly body: MessageBody
  readonly releaseAt: Date
}

/** Messages of a conversation that can still be taken back, by who wrote them: what the house says by itself is nobody's. */
export async function readHeld(db: Executor, conversationId: string): Promise<HeldMessage[]> {
  const found = await rows(
    db,
    sql<HeldRow>`
      select o.id, o.conversation_id as "conversationId", o.lane_id as "laneId", o.author_id as "authorId", m.name as "authorName", o.body,
        o.release_at as "releaseAt"
      from timeline.outbound o left join staff.member m on m.id = o.author_id
      where o.conversation_id = ${conversationId} and o.state = 'held' and o.author_id is not null order by o.release_at limit 50`,
  )
  return found.map((row) => ({
    id: row.id,
    conversationId: row.conversationId,
    laneId: row.laneId,
    author: { id: row.authorId, name: row.authorName ?? row.body.by ?? '' },
    text: row.body.text,
    attachmentIds: row.body.attachmentIds ?? [],
    releaseAt: row.releaseAt.toISOString(),
  }))
}

interface LaneRow {
  readonly id: string
  readonly channelAccountId: string
  readonly lastSeq: number
  readonly lastInboundAt: Date | null
  readonly readOutSeq: number
}

async function readLanes(db: Executor, context: OutboundContext, person: Person): Promise<PersonLane[]> {
  // Nobody replies through a line: only contact points are doors.
  const doors = person.lanes.filter((lane) => lane.kind === 'contact-point' && lane.to === null)
  const current = [...new Set(doors.map((lane) => lane.laneId))]
  const [described, found] = await Promise.all([
    describeContactPoints(db, current, context.clock.now()),
    rows(
      db,
      sql<LaneRow>`select id, channel_account_id as "channelAccountId", last_seq as "lastSeq", last_inbound_at as "lastInboundAt",
          read_out_seq as "readOutSeq" from timeline.lane where id = any(${current}::uuid[]) order by last_at desc nulls last`,
    ),
  ])
  const lanes: PersonLane[] = []
  for (const lane of found) {
    const door = await context.doors.find(lane.channelAccountId)
    const contactPoint = described.get(lane.id)
    if (door && contactPoint) lanes.push(presentLane(lane, contactPoint, door))
  }
  return lanes
}

function presentLane(
  lane: LaneRow,
  contactPoint: ContactPointDescription,
  { account, adapter }: Door,
): PersonLane {
  const address = maskAddress(contactPoint.channel, contactPoint.address)
  return {
    laneId: lane.id,
    channel: account.kind,
    channelAccountId: account.id,
    channelName: account.name,
    address,
    masked: address !== contactPoint.address,
    displayName: contactPoint.displayName,
    trust: contactPoint.trust,
    reachable: contactPoint.unreachableSince === null && account.state === 'active',
    policy: account.policy,
    capabilities: adapter.capabilities,
    windowClosesAt: windowClosesAt(adapter.capabilities, lane.lastInboundAt)?.toISOString() ?? null,
    linkedFrom: contactPoint.linkedFrom?.toISOString() ?? null,
    lastSeq: lane.lastSeq,
    lastReadSeq: lane.readOutSeq,
  }
}

/** Other conversations of the same person, newest first. */
export async function listSiblings(db: Executor, row: ConversationRow): Promise<ConversationRow[]> {
  const { lanes } = await personOf(db, row)
  return rows(
    db,
    sql<ConversationRow>`select ${CONVERSATION} from timeline.conversation c
      where c.id = any(array(${conversationsIn(lanes)})) and c.id <> ${row.id} and c.joined_into is null
      order by c.opened_at desc limit 50`,
  )
}
