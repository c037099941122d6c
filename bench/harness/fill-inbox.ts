import type pg from 'pg'

/** Every lane has so many conversations, all but the last of them short. */
const PER_LANE = 5
/** The first lanes talk much: their timelines fill pages whatever the size. */
const TALKATIVE = 200
const TALK = 120

/** The channel and the topic that the screen's filters choose: half, and three in five, of all conversations have them. */
export const CHOSEN = { channel: 'max', topicId: '01900000-0000-7000-9000-000000000000' } as const

const id = (kind: number, n: string) =>
  `('01900000-0000-7000-80${kind}0-' || lpad(to_hex(${n}), 12, '0'))::uuid`
const conversation = (n: string) => id(1, n)
const lane = (n: string) => id(2, n)
const AT = `timestamptz '2026-01-01'`

/**
 * Fills a migrated database with conversations, set by set: two in five are `agentId`'s, two nobody's; states are spread
 * evenly, channels and topics so that small sets fill the page too. Its order is not that of the rows on disk.
 */
export async function fillInbox(client: pg.Client, conversations: number, agentId: string): Promise<void> {
  const lanes = conversations / PER_LANE
  const run = (text: string) => client.query(text)
  // Foreign keys hold by construction; asking them a million times says nothing about reading.
  await run(
    `set session_replication_role = replica; set synchronous_commit = off; set maintenance_work_mem = '256MB'`,
  )
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `select i.indexname as name, i.indexdef as definition from pg_indexes i
      where i.schemaname = 'timeline' and i.tablename = 'conversation' and i.indexname like 'conversation\\_%' and i.indexdef not like '%UNIQUE%'`,
  )
  for (const { name } of indexes) await run(`drop index timeline.${name}`)
  await run(`insert into subscribers.contact_point (id, channel_account_id, channel, address, display_name, created_at)
    select ${lane('n')}, '01900000-0000-7000-8000-000000000001', 'max', n::text, 'Абонент ' || n, ${AT} from generate_series(1, ${lanes}) n`)
  await run(`insert into timeline.lane (id, kind, channel_account_id, channel, last_seq, last_at, last_inbound_at, interaction_id, conversation_id, filed_seq)
    select ${lane('n')}, 'contact-point', '01900000-0000-7000-8000-000000000001', 'max', s, ${AT} + n * interval '1 s', ${AT}, ${id(3, 'n')}, ${conversation(`n * ${PER_LANE}`)}, s
    from (select n, ${2 * PER_LANE} + case when n <= ${TALKATIVE} then ${TALK} else 0 end as s from generate_series(1, ${lanes}) n) t`)
  await run(`insert into timeline.interaction (id, lane_id, channel, first_seq, opened_at, opened_by, rules_version)
    select ${id(3, 'n')}, ${lane('n')}, 'max', 1, ${AT}, 'subscriber', 1 from generate_series(1, ${lanes}) n`)
  await run(`insert into timeline.conversation
      (id, number, contact_point_id, channel, state, topic_id, assignee_id, waiting_since, lane_id, rank, opened_at, rules_version)
    select ${conversation('n')}, n, ${lane(`(n + ${PER_LANE - 1}) / ${PER_LANE}`)},
      case when n / 40 % 2 = 0 then '${CHOSEN.channel}' else (array['web-chat', 'telegram', 'email', 'sms'])[n / 80 % 4 + 1] end,
      (array['open', 'snoozed', 'resolved', 'muted'])[n / 10 % 4 + 1],
      case when n / 80 % 5 < 3 then uuid '${CHOSEN.topicId}' else ${id(4, 'n / 80 % 20')} end,
      case when n % 10 < 4 then uuid '${agentId}' when n % 10 < 8 then null else ${id(5, 'n % 50')} end,
      case when n / 10 % 4 = 0 then ${AT} end, ${lane(`(n + ${PER_LANE - 1}) / ${PER_LANE}`)},
      1700000000000 + hashint8(n)::bigint, ${AT}, 1
    from generate_series(1, ${conversations}) n`)
  await run(`insert into timeline.segment (id, interaction_id, conversation_id, lane_id, from_seq, to_seq)
    select ${id(6, 'n')}, ${id(3, 'l')}, ${conversation('n')}, ${lane('l')}, 2 * place + 1, case when place < ${PER_LANE - 1} then 2 * place + 2 end
    from (select n, (n + ${PER_LANE - 1}) / ${PER_LANE} as l, (n + ${PER_LANE - 1}) % ${PER_LANE} as place from generate_series(1, ${conversations}) n) t`)
  const entries = `(select n, s from generate_series(1, ${lanes}) n cross join generate_series(1, ${2 * PER_LANE}) s
    union all select n, s from generate_series(1, ${TALKATIVE}) n cross join generate_series(${2 * PER_LANE + 1}, ${2 * PER_LANE + TALK}) s) t`
  await run(`insert into timeline.entry (lane_id, seq, kind, direction, author_kind, received_at, stored_at)
    select ${lane('n')}, s, 'message', case when s % 2 = 1 then 'in' else 'out' end, case when s % 2 = 1 then 'subscriber' else 'agent' end, ${AT}, ${AT} + s * interval '1 s' from ${entries}`)
  await run(`insert into timeline.entry_body (lane_id, seq, body, external_id, stored_at)
    select ${lane('n')}, s, jsonb_build_object('type', 'message', 'text', 'Сообщение ' || s || ' абонента ' || n || ': не работает интернет, помогите, пожалуйста'), 'm' || s, ${AT} + s * interval '1 s' from ${entries}`)
  for (const { definition } of indexes) await run(definition)
  for (const table of ['conversation', 'lane', 'segment', 'interaction', 'entry', 'entry_body'])
    await run(`vacuum analyze timeline.${table}`)
  await run('vacuum analyze subscribers.contact_point')
  await run('checkpoint')
}

/** A conversation of a lane that talks much, by number from 1. */
export function talkative(number: number): string {
  const n = (((number - 1) % TALKATIVE) + 1) * PER_LANE
  return `01900000-0000-7000-8010-${n.toString(16).padStart(12, '0')}`
}
