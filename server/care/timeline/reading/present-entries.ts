import type { ChannelKind } from '../../../../contracts/channels.ts'
import type {
  Attachment,
  Delivery,
  Entry,
  EntryBody,
  OrderOnTimeline,
} from '../../../../contracts/entries.ts'
import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import { namesOfMembers } from '../../staff/index.ts'
import { maskMailbox, maskNumber } from '../../subscribers/index.ts'
import { OUTBOUND, type Outbound, presentDelivery } from '../outbound/outbound.ts'

/** An entry with its body, as the tables have them. */
export interface EntryRow {
  readonly laneId: string
  readonly seq: number
  readonly kind: Entry['kind']
  readonly direction: Entry['direction']
  readonly authorKind: Entry['author']['kind']
  readonly authorId: string | null
  readonly supersedes: number | null
  readonly providerAt: Date | null
  readonly receivedAt: Date
  readonly storedAt: Date
  readonly late: boolean
  readonly body: EntryBody | null
  /** Null: on a line. */
  readonly channel: ChannelKind | null
  /** The channel's name of the message. */
  readonly externalId: string | null
}

const keyOf = (laneId: string, seq: number): string => `${laneId}/${seq}`

/** Entries as the desk shows them, with files, deliveries, authors and matters: four queries, however many entries. */
export async function presentEntries(
  db: Executor,
  entries: readonly EntryRow[],
  filePath = '/api/v1/attachments/',
): Promise<Entry[]> {
  if (entries.length === 0) return []
  const keys = { lanes: entries.map((one) => one.laneId), seqs: entries.map((one) => one.seq) }
  const [files, deliveries, names, matters] = await Promise.all([
    readAttachments(db, keys, filePath),
    readDeliveries(db, entries),
    readAuthors(db, entries),
    readMatters(db, keys),
  ])
  return entries.map((row) => {
    const key = keyOf(row.laneId, row.seq)
    return {
      laneId: row.laneId,
      seq: row.seq,
      kind: row.kind,
      direction: row.direction,
      channel: row.channel,
      author: {
        kind: row.authorKind,
        id: row.authorId,
        name: names.get(row.authorId ?? '') ?? guestOf(row.body),
      },
      body: maskedBody(row.body),
      attachments: files.get(key) ?? [],
      supersedes: row.supersedes,
      providerAt: row.providerAt?.toISOString() ?? null,
      receivedAt: row.receivedAt.toISOString(),
      storedAt: row.storedAt.toISOString(),
      late: row.late,
      conversationId: matters.get(key) ?? null,
      delivery: deliveries.get(key) ?? null,
    }
  })
}

/** Another system that wrote a message: the house's guest, which no list of members names. */
const guestOf = (body: EntryBody | null): string | null =>
  body?.type === 'message' ? (body.by ?? null) : null

/**
 * A body as it is shown: a number that somebody shared, or sent money or calls to, and the mailboxes of a mail are masked like every
 * address; the card reveals them, with a reason. What people write in their own words stays as they wrote it.
 */
export function maskedBody(body: EntryBody | null): EntryBody | null {
  if (body?.type === 'order') return { ...body, order: maskedOrder(body.order) }
  if (body?.type !== 'message') return body
  const { contact, mail, ...words } = body
  return {
    ...words,
    ...(contact && { contact: { ...contact, msisdn: maskNumber(contact.msisdn) } }),
    ...(mail && { mail: maskedMail(mail) }),
  }
}

type MailFacts = NonNullable<Extract<EntryBody, { type: 'message' }>['mail']>

function maskedMail({ answerTo, ...mail }: MailFacts): MailFacts {
  return {
    ...mail,
    from: maskMailbox(mail.from),
    to: mail.to.map(maskMailbox),
    ...(answerTo && { answerTo: answerTo.map(maskMailbox) }),
  }
}

function maskedOrder(order: OrderOnTimeline): OrderOnTimeline {
  const { toMsisdn } = order.request
  if (typeof toMsisdn !== 'string') return order
  return { ...order, request: { ...order.request, toMsisdn: maskNumber(toMsisdn) } }
}

interface Keys {
  readonly lanes: string[]
  readonly seqs: number[]
}

interface AttachmentRow
  extends Omit<Attachment, 'url' | 'reason' | 'width' | 'height' | 'contentId' | 'replaced'> {
  readonly laneId: string
  readonly seq: number
  readonly width: number | null
  readonly height: number | null
  readonly contentId: string | null
  readonly reason: string | null
  readonly replaced: boolean
}

/** Files of entries, by `lane/seq`. */
export async function readAttachments(
  db: Executor,
  { lanes, seqs }: Keys,
  filePath: string,
): Promise<Map<string, Attachment[]>> {
  const found = await rows(
    db,
    sql<AttachmentRow>`
      select a.id, a.name, a.media_type as "mediaType", a.bytes, a.kind, a.state, a.reason, a.width, a.height,
        a.content_id as "contentId", a.replaced_at is not null as replaced, a.lane_id as "laneId", a.seq
      from unnest(${lanes}::uuid[], ${seqs}::bigint[]) as k(lane_id, seq)
      join timeline.attachment a on a.lane_id = k.lane_id and a.seq = k.seq
      order by a.created_at, a.id`,
  )
  const files = new Map<string, Attachment[]>()
  for (const { laneId, seq, width, height, contentId, reason, replaced, ...file } of found) {
    const more = {
      ...(width && height && { width, height }),
      ...(contentId !== null && { contentId }),
      ...(reason !== null && { reason }),
      ...(replaced && { replaced }),
    }
    const key = keyOf(laneId, seq)
    files.set(key, [...(files.get(key) ?? []), { ...file, ...more, url: `${filePath}${file.id}` }])
  }
  return files
}

async function readDeliveries(db: Executor, entries: readonly EntryRow[]): Promise<Map<string, Delivery>> {
  const ours = entries.filter((one) => one.direction === 'out')
  if (ours.length === 0) return new Map()
  const found = await rows(
    db,
    sql<Outbound>`select ${OUTBOUND} from timeline.outbound where (lane_id, seq) in (
      select * from unnest(${ours.map((one) => one.laneId)}::uuid[], ${ours.map((one) => one.seq)}::bigint[]))`,
  )
  return new Map(found.map((row) => [keyOf(row.laneId, row.seq ?? 0), presentDelivery(row)]))
}

async function readAuthors(db: Executor, entries: readonly EntryRow[]): Promise<Map<string, string>> {
  const ids = entries.flatMap((one) => (one.authorKind === 'agent' && one.authorId ? [one.authorId] : []))
  return ids.length === 0 ? new Map() : namesOfMembers(db, [...new Set(ids)])
}

/** Under which conversation each entry is filed. */
async function readMatters(db: Executor, { lanes, seqs }: Keys): Promise<Map<string, string>> {
  const found = await rows(
    db,
    sql<{ laneId: string; seq: number; conversationId: string }>`
      select k.lane_id as "laneId", k.seq, s.conversation_id as "conversationId"
      from unnest(${lanes}::uuid[], ${seqs}::bigint[]) as k(lane_id, seq)
      cross join lateral (
        select conversation_id, to_seq from timeline.segment
        where lane_id = k.lane_id and from_seq <= k.seq order by from_seq desc limit 1
      ) s
      where s.to_seq is null or s.to_seq >= k.seq`,
  )
  return new Map(found.map((row) => [keyOf(row.laneId, row.seq), row.conversationId]))
}
