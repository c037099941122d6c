import { countChanged, type Executor, maybeOne, one, rows, sql } from '../../platform/database/index.ts'
import type { AccessAct } from './access-act.ts'
import type { AuthorColumns } from './author.ts'

export interface AccessRow {
  readonly id: string
  readonly at: Date
  readonly author: AuthorColumns
  readonly act: AccessAct
  readonly subscriberId?: string | undefined
  readonly contactPointId?: string | undefined
  readonly conversationId?: string | undefined
  readonly reason?: string | undefined
  readonly address: string
}

export async function insertAccess(db: Executor, row: AccessRow): Promise<void> {
  const { id, at, author, act, subscriberId, contactPointId, conversationId, reason, address } = row
  await rows(
    db,
    sql`insert into audit.access
        (id, at, actor_kind, actor_id, actor_name, act, subscriber_id, contact_point_id, conversation_id, reason, address)
      values (${id}, ${at}, ${author.kind}, ${author.id}, ${author.name}, ${act}, ${subscriberId ?? null},
        ${contactPointId ?? null}, ${conversationId ?? null}, ${reason ?? null}, ${address})`,
  )
}

/** Adds accesses that differ in their subject alone, in one statement. */
export async function insertAccesses(
  db: Executor,
  { at, author, act, reason, address }: Omit<AccessRow, 'id'>,
  subjects: readonly Pick<AccessRow, 'id' | 'subscriberId' | 'contactPointId' | 'conversationId'>[],
): Promise<void> {
  const column = (name: 'subscriberId' | 'contactPointId' | 'conversationId') =>
    subjects.map((one) => one[name] ?? null)
  await rows(
    db,
    sql`insert into audit.access
        (id, at, actor_kind, actor_id, actor_name, act, subscriber_id, contact_point_id, conversation_id, reason, address)
      select id, ${at}, ${author.kind}, ${author.id}, ${author.name}, ${act}, subscriber_id, contact_point_id, conversation_id,
        ${reason ?? null}, ${address}
      from unnest(${subjects.map(({ id }) => id)}::uuid[], ${column('subscriberId')}::uuid[],
        ${column('contactPointId')}::uuid[], ${column('conversationId')}::uuid[])
        as s (id, subscriber_id, contact_point_id, conversation_id)`,
  )
}

/** A look at somebody: in a conversation, else by a contact point. */
export interface LookKey {
  readonly act: AccessAct
  readonly actorId: string | null
  readonly conversationId: string | undefined
  readonly contactPointId: string | undefined
}

/** Is there such an access with an id from `since` on? */
export async function hasAccessSince(
  db: Executor,
  look: LookKey & { readonly since: string },
): Promise<boolean> {
  const { act, actorId, conversationId, contactPointId, since } = look
  const whom =
    conversationId === undefined
      ? sql`contact_point_id = ${contactPointId ?? null}`
      : sql`conversation_id = ${conversationId}`
  const found = await maybeOne(
    db,
    sql`select 1 from audit.access where ${whom} and actor_id = ${actorId} and act = ${act} and id >= ${since} limit 1`,
  )
  return found !== undefined
}

/** One at a time records this look, until the transaction ends. */
export async function lockLook(
  tx: Executor,
  { act, actorId, conversationId, contactPointId }: LookKey,
): Promise<void> {
  const key = `audit.look:${act}:${actorId}:${conversationId ?? contactPointId}`
  await rows(tx, sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`)
}

/** How often an actor did this since an instant. */
export async function countAccesses(
  db: Executor,
  actorId: string,
  act: AccessAct,
  since: Date,
): Promise<number> {
  const { count } = await one(
    db,
    sql<{ count: number }>`
      select count(*)::int as count from audit.access where actor_id = ${actorId} and act = ${act} and at > ${since}`,
  )
  return count
}

/** How many reveals of masked data an actor has made since an instant. */
export function countReveals(db: Executor, actorId: string, since: Date): Promise<number> {
  return countAccesses(db, actorId, 'reveal', since)
}

/** One at a time decides on this actor's cap, until the transaction ends. */
export async function lockCap(tx: Executor, actorId: string, act: string): Promise<void> {
  await rows(tx, sql`select pg_advisory_xact_lock(hashtextextended(${`audit.cap:${act}:${actorId}`}, 0))`)
}

export interface ChangeRow {
  readonly id: string
  readonly at: Date
  readonly author: AuthorColumns
  readonly act: string
  readonly subject: string
  readonly before: unknown
  readonly after: unknown
}

const asJson = (value: unknown) => (value === undefined ? null : JSON.stringify(value))

export async function insertChange(db: Executor, row: ChangeRow): Promise<void> {
  const { id, at, author, act, subject, before, after } = row
  await rows(
    db,
    sql`insert into audit.change (id, at, actor_kind, actor_id, actor_name, act, subject, before, after)
      values (${id}, ${at}, ${author.kind}, ${author.id}, ${author.name}, ${act}, ${subject},
        ${asJson(before)}::jsonb, ${asJson(after)}::jsonb)`,
  )
}

/** A stretch of ids, newest first: below `below`, from `from` on. */
export interface IdRange {
  readonly from: string | undefined
  readonly below: string | undefined
  readonly limit: number
}

const within = ({ from, below }: IdRange) => sql`
  ${below === undefined ? sql`true` : sql`id < ${below}`} and ${from === undefined ? sql`true` : sql`id >= ${from}`}`

export interface AccessListRow {
  readonly id: string
  readonly at: Date
  readonly agentId: string | null
  readonly agentName: string
  readonly act: string
  readonly subscriberId: string | null
  readonly contactPointId: string | null
  readonly conversationId: string | null
  readonly reason: string | null
  readonly address: string
}

export function selectAccesses(
  db: Executor,
  range: IdRange & { readonly agentId: string | undefined; readonly contactPointId: string | undefined },
): Promise<AccessListRow[]> {
  const { agentId, contactPointId, limit } = range
  return rows(
    db,
    sql<AccessListRow>`
      select id, at, actor_id as "agentId", actor_name as "agentName", act, subscriber_id as "subscriberId",
        contact_point_id as "contactPointId", conversation_id as "conversationId", reason, address
      from audit.access
      where ${within(range)}
        and ${agentId === undefined ? sql`true` : sql`actor_id = ${agentId}`}
        and ${contactPointId === undefined ? sql`true` : sql`contact_point_id = ${contactPointId}`}
      order by id desc limit ${limit}`,
  )
}

/** Deletes the oldest accesses from before an instant, at most `limit`. Gives how many. */
export function deleteOldAccesses(db: Executor, before: Date, limit: number): Promise<number> {
  return countChanged(
    db,
    sql`delete from audit.access where id = any(array(
      select id from audit.access where at < ${before} order by at limit ${limit}))`,
  )
}

export interface ChangeListRow {
  readonly id: string
  readonly at: Date
  readonly actor: string
  readonly act: string
  readonly subject: string
  readonly before: unknown
  readonly after: unknown
}

export function selectChanges(db: Executor, range: IdRange): Promise<ChangeListRow[]> {
  return rows(
    db,
    sql<ChangeListRow>`
      select id, at, actor_name as actor, act, subject, before, after
      from audit.change where ${within(range)} order by id desc limit ${range.limit}`,
  )
}

/** The same of one subject. */
export function selectChangesOf(db: Executor, subject: string, range: IdRange): Promise<ChangeListRow[]> {
  return rows(
    db,
    sql<ChangeListRow>`
      select id, at, actor_name as actor, act, subject, before, after
      from audit.change where subject = ${subject} and ${within(range)} order by id desc limit ${range.limit}`,
  )
}

/** The same of some kinds: each is read by its own index, however many changes of others lie between. */
export function selectChangesBy(
  db: Executor,
  acts: readonly string[],
  range: IdRange,
): Promise<ChangeListRow[]> {
  return rows(
    db,
    sql<ChangeListRow>`
      select c.* from unnest(${[...acts]}::text[]) as a (act) cross join lateral (
        select id, at, actor_name as actor, act, subject, before, after
        from audit.change where act = a.act and ${within(range)} order by id desc limit ${range.limit}) c
      order by c.id desc limit ${range.limit}`,
  )
}
