import type { Locale } from '../../../../contracts/primitives.ts'
import { countChanged, type Executor, maybeOne, rows, sql } from '../../../platform/database/index.ts'
import { type Batches, inBatches } from '../../../platform/jobs/index.ts'
import type { DialogState, Effect, Input } from '../engine/index.ts'

/** Who goes on: the assistant, somebody of the staff, or nobody: the next word begins another dialog. */
export type DialogStatus = 'talking' | 'people' | 'over'

export interface StoredDialog {
  readonly conversationId: string
  readonly laneId: string
  readonly status: DialogStatus
  /** Null: erased. */
  readonly state: DialogState | null
  readonly turn: number
  readonly freshUntil: Date | null
  /** The visit that it belongs to; null: none is counted. */
  readonly visitId: string | null
}

/** A dialog as it was found. */
export interface FoundDialog extends StoredDialog {
  readonly changedAt: Date
}

/** The dialog of a conversation. Whoever changes it holds its lane's lock. */
export function findDialog(db: Executor, conversationId: string): Promise<FoundDialog | undefined> {
  return maybeOne(
    db,
    sql<FoundDialog>`
      select conversation_id as "conversationId", lane_id as "laneId", status, state, turn, fresh_until as "freshUntil",
        visit_id as "visitId", changed_at as "changedAt"
      from assistant.dialog where conversation_id = ${conversationId}`,
  )
}

/** Keeps a dialog as it is now. */
export async function keepDialog(tx: Executor, dialog: StoredDialog, at: Date): Promise<void> {
  const { conversationId, laneId, status, state, turn, freshUntil, visitId } = dialog
  await rows(
    tx,
    sql`insert into assistant.dialog (conversation_id, lane_id, status, state, turn, fresh_until, visit_id, began_at, changed_at)
      values (${conversationId}, ${laneId}, ${status}, ${state && JSON.stringify(state)}::jsonb, ${turn}, ${freshUntil},
        ${visitId}, ${at}, ${at})
      on conflict (conversation_id) do update set lane_id = excluded.lane_id, status = excluded.status, state = excluded.state,
        turn = excluded.turn, fresh_until = excluded.fresh_until,
        visit_id = excluded.visit_id, changed_at = excluded.changed_at`,
  )
}

/** Where a conversation goes on, and with whom. */
export function findPlaceOf(
  db: Executor,
  conversationId: string,
): Promise<{ laneId: string; contactPointId: string } | undefined> {
  return maybeOne(
    db,
    sql<{ laneId: string; contactPointId: string }>`
      select lane_id as "laneId", contact_point_id as "contactPointId" from timeline.conversation where id = ${conversationId}`,
  )
}

export interface LoggedTurn {
  readonly conversationId: string
  readonly state: DialogState
  readonly input: Input
  readonly effect: Effect | null
  /** As the step says it. */
  readonly way: readonly string[]
  /** Which engine spoke: dialogs as data alone (absent), or with what a language model proposed. */
  readonly engine?: 'flow' | 'model'
}

/** Adds steps to the log from which the dialog can be played again. */
export async function logTurns(tx: Executor, turns: readonly LoggedTurn[], at: Date): Promise<void> {
  if (turns.length === 0) return
  const logged = turns.map(({ conversationId, state, input, effect, way, engine = 'flow' }) => {
    const { turn, flow, version, node } = state
    return { conversationId, turn, flow, version, node, engine, input, effect: effect?.kind ?? null, way }
  })
  await rows(
    tx,
    sql`insert into assistant.turn (conversation_id, turn, at, flow_key, flow_version, node, engine, input, effect, way)
      select "conversationId", turn, ${at}, flow, version, node, engine, input, effect, way
      from jsonb_to_recordset(${JSON.stringify(logged)}::jsonb) as logged ("conversationId" uuid, turn int, flow text, version int,
        node text, engine text, input jsonb, effect text, way text[])`,
  )
}

const MOST_WORDS = 20

/** What somebody said in a dialog, secrets left out, oldest first: the last 20 of it; and the language that it ran in, if it is known still. */
export async function wordsOf(
  db: Executor,
  conversationId: string,
): Promise<{ words: string[]; locale: Locale | null }> {
  const said = await rows(
    db,
    sql<{ text: string; locale: Locale | null }>`
      select input->>'text' as text, dialog.state->>'locale' as locale
      from assistant.turn join assistant.dialog using (conversation_id)
      where conversation_id = ${conversationId} and input->>'kind' = 'said' and input->>'text' <> ''
      order by turn.turn desc limit ${MOST_WORDS}`,
  )
  return { words: said.map(({ text }) => text).reverse(), locale: said[0]?.locale ?? null }
}

/**
 * Destroys what people said and what was found out in the dialogs of conversations; that they took place stays, and whoever was still talking
 * with the assistant begins anew. Gives how many.
 */
export async function eraseDialogs(tx: Executor, conversationIds: readonly string[]): Promise<number> {
  const ids = [...conversationIds]
  const erased = await rows(
    tx,
    sql`with turns as (update assistant.turn set input = null where conversation_id = any(${ids}::uuid[]) and input is not null)
      update assistant.dialog set state = null, fresh_until = null, status = case status when 'talking' then 'over' else status end
      where conversation_id = any(${ids}::uuid[]) and state is not null returning 1`,
  )
  return erased.length
}

const KEPT_MS = 30 * 86_400_000
const ERASED = { atOnce: 1000 }

/** Destroys what dialogs of more than 30 days ago said and knew, some at a time. Gives how many. For an hourly job. */
export function eraseOldDialogs(db: Executor, now: Date, batches: Batches = ERASED): Promise<number> {
  const before = new Date(now.getTime() - KEPT_MS)
  return inBatches(async (limit) => {
    const old = await rows(
      db,
      sql<{ id: string }>`select conversation_id as id from assistant.dialog
        where state is not null and changed_at < ${before} order by changed_at limit ${limit}`,
    )
    return eraseDialogs(
      db,
      old.map(({ id }) => id),
    )
  }, batches)
}

/**
 * Forgets turns of more than 30 days ago whose words are destroyed, some at a time: nothing can be played again from them. Those that the
 * traffic of flows has not counted wait for it; what an hour before its mark committed late it counts again. Gives how many. For an hourly job.
 */
export function forgetOldTurns(db: Executor, now: Date, batches?: Batches): Promise<number> {
  const before = new Date(now.getTime() - KEPT_MS)
  return inBatches(
    (limit) =>
      countChanged(
        db,
        sql`delete from assistant.turn t using (
            select conversation_id, turn from assistant.turn
            where at < ${before} and at < (select counted_to - interval '2 hours' from assistant.traffic_mark) and input is null
            order by at limit ${limit}) old
          where t.conversation_id = old.conversation_id and t.turn = old.turn`,
      ),
    batches,
  )
}

/**
 * Forgets dialogs of more than 30 days ago whose words are destroyed, some at a time. That people have a conversation stays known until it has
 * been over for as long: whoever writes again there is not answered by the assistant. Gives how many. For an hourly job.
 */
export function forgetOldDialogs(db: Executor, now: Date, batches?: Batches): Promise<number> {
  const before = new Date(now.getTime() - KEPT_MS)
  return inBatches(
    (limit) =>
      countChanged(
        db,
        sql`delete from assistant.dialog where conversation_id = any(array(
            select conversation_id from assistant.dialog d
            where state is null and changed_at < ${before} and (status <> 'people' or not exists (
              select from timeline.conversation c
              where c.id = d.conversation_id and (c.state in ('open', 'snoozed') or c.resolved_at >= ${before})))
            order by changed_at limit ${limit}))`,
      ),
    batches,
  )
}
