import type pg from 'pg'
import {
  deliverMyCodeJob,
  knockDeviceJob,
  knockLaneJob,
  sendCodeJob,
  sendMailCodeJob,
  tellElsewhereJob,
} from '../../compose/job-kinds.ts'

/** What became of messages that had not been seen to leave. */
export interface Unsent {
  /** Were to be sent or being sent: nobody knows whether they were. */
  unconfirmed: number
  /** Could still be taken back: their words are drafts of those who wrote them. */
  drafts: number
  /** Codes, notices and knocks on their way: they are gone, for they spoke of that moment. */
  notices: number
}

const UNCONFIRM = `
  with unsure as (
    update timeline.outbound set state = 'unknown', reason = 'restored', retryable = true, lease = null, lease_until = null,
      next_attempt_at = null, changed_at = now()
    where state in ('queued', 'sending') returning id, conversation_id
  ), told as (
    insert into timeline.outbound_event (outbound_id, at, state, detail) select id, now(), 'unknown', 'restored' from unsure
  ), shown as (
    update timeline.conversation set trouble = true, version = version + 1
    where id in (select conversation_id from unsure) and not trouble
  )
  select count(*)::int as count from unsure`

const TAKE_BACK = `
  with held as (
    select id, conversation_id, lane_id, author_kind, author_id, body, release_at from timeline.outbound where state = 'held' for update
  ), cancelled as (
    update timeline.outbound o set state = 'cancelled', body = null, changed_at = now() from held where o.id = held.id returning o.id
  ), told as (
    insert into timeline.outbound_event (outbound_id, at, state, detail) select id, now(), 'cancelled', 'restored' from cancelled
  ), drafted as (
    insert into timeline.draft as d (agent_id, conversation_id, text, lane_id, attachment_ids, note, version, updated_at)
    select author_id, conversation_id, string_agg(body->>'text', E'\\n\\n' order by release_at, id),
      (array_agg(lane_id order by release_at desc, id desc))[1],
      array(select jsonb_array_elements_text(f.ids)::uuid from unnest(array_agg(coalesce(body->'attachmentIds', '[]'))) as f(ids)),
      false, 1, now()
    from held where author_kind = 'agent' and body is not null group by author_id, conversation_id
    on conflict (agent_id, conversation_id) do update set text = excluded.text || E'\\n\\n' || d.text,
      attachment_ids = excluded.attachment_ids || d.attachment_ids, version = d.version + 1, updated_at = excluded.updated_at
  )
  select count(*)::int as count from cancelled`

const NOTICES = [
  sendCodeJob,
  sendMailCodeJob,
  deliverMyCodeJob,
  tellElsewhereJob,
  knockLaneJob,
  knockDeviceJob,
].map(({ name }) => name)

const DROP_NOTICES = `
  with gone as (
    delete from graphile_worker._private_jobs job using graphile_worker._private_tasks task
    where task.id = job.task_id and task.identifier = any($1::text[]) returning 1
  )
  select count(*)::int as count from gone`

/**
 * A backup is a picture of some moment: what waited to be sent then has probably been sent since. Nothing of it leaves by itself
 * again; a person decides. Knows the tables of every version that a backup may come from.
 */
export async function leaveUnsent(client: pg.Client): Promise<Unsent> {
  const count = async (statement: string, values: unknown[] = []) => {
    const { rows } = await client.query<{ count: number }>(statement, values)
    return rows[0]?.count ?? 0
  }
  return {
    unconfirmed: await count(UNCONFIRM),
    drafts: await count(TAKE_BACK),
    notices: await count(DROP_NOTICES, [NOTICES]),
  }
}
