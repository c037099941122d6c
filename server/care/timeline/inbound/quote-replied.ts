import type { EntryBody } from '../../../../contracts/entries.ts'
import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import type { InboundMessage, MessageBody } from '../channel-adapter.ts'

interface Replied {
  readonly n: number
  readonly seq: number
  readonly body: EntryBody
}

/** The bodies of messages with what each of them answers, where that stands in the same lane: one query at most. */
export async function quoteReplied(
  db: Executor,
  laneIds: readonly string[],
  messages: readonly InboundMessage[],
): Promise<MessageBody[]> {
  const asked = messages.flatMap(({ replyTo }, n) =>
    replyTo ? [{ n, laneId: laneIds[n] ?? '', replyTo }] : [],
  )
  const bodies = messages.map(({ body }) => body)
  if (asked.length === 0) return bodies
  const found = await rows(
    db,
    sql<Replied>`
      select k.n::int as n, b.seq, b.body
      from unnest(${asked.map(({ n }) => n)}::int[], ${asked.map(({ laneId }) => laneId)}::uuid[],
        ${asked.map(({ replyTo }) => replyTo)}::text[]) as k(n, lane_id, external_id)
      cross join lateral (
        select seq, body from timeline.entry_body
        where lane_id = k.lane_id and external_id = k.external_id order by seq desc limit 1
      ) b`,
  )
  for (const { n, seq, body } of found) {
    const message = bodies[n]
    if (message) bodies[n] = { ...message, replyTo: { seq, excerpt: excerptOf(body) } }
  }
  return bodies
}

/** The first words of what is answered. */
export function excerptOf(body: EntryBody): string {
  return body.type === 'message' ? [...body.text.slice(0, 240)].slice(0, 120).join('') : ''
}
