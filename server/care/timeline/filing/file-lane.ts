import type { Clock } from '../../../platform/clock.ts'
import { type Executor, maybeOne, one, rows, sql, together } from '../../../platform/database/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import { describeContactPoints, ownerAt, readPerson } from '../../subscribers/index.ts'
import { OPEN_AGAIN } from '../conversations/conversation.ts'
import { type Lane, lockLane } from '../lanes/lanes.ts'
import type { Outside } from '../outside.ts'
import { type Fresh, readFresh, readFreshAhead } from './fresh-stretches.ts'
import { type Candidate, decideFiling, type FilingRules, rankOf } from './rules.ts'
import { openStretch } from './stretches.ts'
import { unsettledConversationOf } from './unsettled.ts'

export interface FilingContext {
  readonly clock: Clock
  readonly rules: FilingRules
  readonly outside: Outside
}

/** A conversation that filing has changed. */
export interface Filed {
  readonly conversationId: string | null
  readonly version: number
  /** The person began to talk: a new interaction. */
  readonly begun: boolean
}

const NOTHING: Filed = { conversationId: null, version: 0, begun: false }

/**
 * Files the new entries of a locked lane: continues, reopens or opens a conversation, begins an interaction after a
 * silence, and starts the person's waiting. Mails go to the matter that they provably answer.
 * @param ahead what `lookAhead` found, if it was asked and nothing was filed since
 */
export async function fileLane(
  tx: Executor,
  context: FilingContext,
  lane: Lane,
  ahead?: Ahead,
): Promise<Filed> {
  const known = ahead && knownOf(lane, ahead)
  const [fresh, own] = known ?? (await look(tx, lane))
  const [filed] = await together(tx, (flight) => [
    fileStretches(flight, context, { lane, own }, fresh),
    rows(flight, sql`update timeline.lane set filed_seq = last_seq where id = ${lane.id}`),
  ])
  return filed
}

const look = (tx: Executor, lane: Lane): Promise<readonly [Fresh[], Candidate | undefined]> =>
  together(tx, (flight) => [readFresh(flight, lane), lockConversation(flight, lane.conversationId)])

/** What is on a lane that is about to be filed, and the locked conversation that goes on in it, or did last. */
export interface Ahead {
  readonly fresh: Fresh | undefined
  readonly own: Candidate | undefined
}

/** Looks ahead at a lane that the statement before locks if filing changes something there. */
export async function lookAhead(tx: Executor, laneId: string): Promise<Ahead> {
  const [fresh, own] = await together(tx, (flight) => [
    readFreshAhead(flight, laneId),
    lockUnsettledConversation(flight, laneId),
  ])
  return { fresh, own }
}

/** Undefined: not all that filing this lane takes was seen. */
function knownOf(
  { conversationId }: Lane,
  { fresh, own }: Ahead,
): readonly [Fresh[], Candidate | undefined] | undefined {
  return fresh && conversationId === (own?.id ?? null) ? [[fresh], own] : undefined
}

async function fileStretches(
  tx: Executor,
  context: FilingContext,
  at: GoingOn,
  stretches: readonly Fresh[],
): Promise<Filed> {
  let [filed, goingOn]: [Filed, GoingOn] = [NOTHING, at]
  for (const fresh of stretches) {
    if (filed !== NOTHING) goingOn = await lookAgain(tx, at.lane.id)
    filed = await fileStretch(tx, context, goingOn, fresh)
  }
  return filed
}

/** A lane with the conversation that goes on in it, or did last; both locked. */
interface GoingOn {
  readonly lane: Lane
  readonly own: Candidate | undefined
}

async function lookAgain(tx: Executor, laneId: string): Promise<GoingOn> {
  const lane = await lockLane(tx, laneId)
  return { lane, own: await lockConversation(tx, lane.conversationId) }
}

async function fileStretch(
  tx: Executor,
  context: FilingContext,
  goingOn: GoingOn,
  fresh: Fresh,
): Promise<Filed> {
  const { lane } = goingOn
  const candidate = fresh.answers
    ? await lockConversation(tx, fresh.answers)
    : await findCandidate(tx, goingOn)
  const decision = decideFiling(context.rules, candidate, fresh.storedAt, fresh.askedAt === null)
  const conversationId =
    decision.act === 'open' ? await openConversation(tx, context, lane, fresh) : decision.conversationId
  if (decision.act === 'reopen') await reopen(tx, conversationId)
  if (decision.act === 'continue' && decision.wake) await wakeUp(tx, conversationId)
  await openStretch(tx, context, lane, {
    conversationId,
    fromSeq: fresh.firstSeq,
    at: fresh.storedAt,
    by: 'subscriber',
  })
  if (decision.act !== 'continue') {
    const event = decision.act === 'open' ? 'conversation.opened' : 'conversation.reopened'
    await context.outside.tell(tx, [{ event, laneId: lane.id, conversationId }])
  }
  const version = await startWaiting(tx, lane, conversationId, fresh)
  return { conversationId, version, begun: lane.interactionId === null && fresh.askedAt !== null }
}

const CANDIDATE = sql`c.id, c.state, c.resolved_at as "resolvedAt"`

function lockConversation(tx: Executor, id: string | null): Promise<Candidate | undefined> {
  return maybeOne(
    tx,
    sql<Candidate>`select ${CANDIDATE} from timeline.conversation c where c.id = ${id} for no key update`,
  )
}

function lockUnsettledConversation(tx: Executor, laneId: string): Promise<Candidate | undefined> {
  return maybeOne(
    tx,
    sql<Candidate>`select ${CANDIDATE} from timeline.conversation c
      where c.id = (${unsettledConversationOf(laneId)}) for no key update`,
  )
}

/**
 * The lane's own conversation, while it goes on; else the newest open one of the same person, through whatever door it came; else the
 * lane's own that is over, unless the lane has become another's since.
 */
async function findCandidate(tx: Executor, { lane, own }: GoingOn): Promise<Candidate | undefined> {
  if (own && own.state !== 'resolved') return own
  const elsewhere = await findElsewhere(tx, lane)
  if (elsewhere || !own) return elsewhere
  return (await isOwnersStill(tx, lane, own)) ? own : undefined
}

async function isOwnersStill(tx: Executor, lane: Lane, { resolvedAt }: Candidate): Promise<boolean> {
  const { same } = await one(
    tx,
    sql<{ same: boolean }>`select ${ownerAt(sql`${lane.id}::uuid`, sql`${resolvedAt}::timestamptz`)}
      is not distinct from ${ownerAt(sql`${lane.id}::uuid`, sql`null::timestamptz`)} as same`,
  )
  return same
}

async function findElsewhere(tx: Executor, lane: Lane): Promise<Candidate | undefined> {
  const { lanes } = await readPerson(tx, lane.id)
  const others = lanes.flatMap(({ laneId, to }) => (to === null && laneId !== lane.id ? [laneId] : []))
  if (others.length === 0) return undefined
  return maybeOne(
    tx,
    sql<Candidate>`select ${CANDIDATE} from timeline.conversation c
      where c.id = (select o.id from timeline.lane l join timeline.conversation o on o.id = l.conversation_id
        where l.id = any(${others}::uuid[]) and o.state in ('open', 'snoozed') order by o.opened_at desc limit 1)
      for no key update`,
  )
}

async function openConversation(
  tx: Executor,
  context: FilingContext,
  lane: Lane,
  fresh: Fresh,
): Promise<string> {
  const id = newId(context.clock)
  const described = await describeContactPoints(tx, [lane.id], fresh.storedAt)
  const mutedAs = described.get(lane.id)?.mutedAs ?? null
  await rows(
    tx,
    sql`insert into timeline.conversation
      (id, contact_point_id, lane_id, channel, state, muted_as, rank, opened_at, rules_version)
      values (${id}, ${lane.id}, ${lane.id}, ${lane.channel}, ${mutedAs ? 'muted' : 'open'}, ${mutedAs},
        ${rankOf(null, fresh.storedAt)}, ${fresh.storedAt}, ${context.rules.version})`,
  )
  return id
}

/** The person came back soon after it was called done: a re-contact. */
async function reopen(tx: Executor, conversationId: string): Promise<void> {
  await rows(
    tx,
    sql`update timeline.conversation set state = ${OPEN_AGAIN}, reopened = reopened + 1, resolved_at = null, outcome = null
      where id = ${conversationId}`,
  )
}

async function wakeUp(tx: Executor, conversationId: string): Promise<void> {
  await rows(
    tx,
    sql`update timeline.conversation set state = 'open', snoozed_until = null where id = ${conversationId}`,
  )
}

/** From here on the person waits, if they asked something and did not wait already. Gives the conversation's version. */
async function startWaiting(tx: Executor, lane: Lane, conversationId: string, fresh: Fresh): Promise<number> {
  const rank = fresh.askedAt && rankOf(fresh.askedAt, fresh.storedAt)
  const { version } = await one(
    tx,
    sql<{
      version: number
    }>`update timeline.conversation set version = version + 1, lane_id = ${lane.id}, channel = ${lane.channel},
        rank = case when waiting_since is null then coalesce(${rank}, rank) else rank end,
        waiting_since = coalesce(waiting_since, ${fresh.askedAt})
      where id = ${conversationId} returning version`,
  )
  return version
}
