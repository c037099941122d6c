import type { EntryBody } from '../../../../contracts/entries.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { replaceFiles } from '../attachments/replace-files.ts'
import type {
  ChannelAccountRow,
  InboundDeletion,
  InboundEdit,
  InboundEvent,
  InboundMessage,
} from '../channel-adapter.ts'
import { type Appended, appendEntry } from '../lanes/append-entry.ts'
import { lockLane } from '../lanes/lanes.ts'
import { askForFiling } from './ask-for-filing.ts'
import type { InboundContext } from './context.ts'
import {
  type Change,
  findByExternalId,
  findNewestChange,
  type Original,
  OriginalMissing,
} from './originals.ts'

export interface Arrived {
  readonly laneId: string
  readonly entry: Appended | null
  /** An earlier entry that is another now, by its number: readers look at it again. */
  readonly changed?: number
}

/** Where and when a change came in. */
export interface Arrival {
  readonly account: ChannelAccountRow
  readonly laneId: string
  readonly receivedAt: Date
  /** Stored out of its time: a replay. */
  readonly late: boolean
}

/** An edit may change the words, the files, or both. */
export async function editMessage(
  tx: Executor,
  context: InboundContext,
  arrival: Arrival,
  event: InboundEdit,
): Promise<Arrived> {
  const { account, laneId } = arrival
  const { original, newest } = await lockOriginal(tx, laneId, event)
  if (newest && isOutdated(event, newest)) return { laneId, entry: null }
  const text = event.text ?? textOf(newest?.body ?? original.body)
  const entry = await supersede(tx, context, arrival, event, original, { type: 'edit', text })
  const { files, part = event.messageId } = event
  const { seq } = original
  const isChanged = files && (await replaceFiles(tx, context, { account, laneId, seq, part, files }))
  return { laneId, entry, ...(isChanged && { changed: seq }) }
}

export async function deleteMessage(
  tx: Executor,
  context: InboundContext,
  arrival: Arrival,
  event: InboundDeletion,
): Promise<Arrived> {
  const { original } = await lockOriginal(tx, arrival.laneId, event)
  const entry = await supersede(tx, context, arrival, event, original, { type: 'deletion' })
  return { laneId: arrival.laneId, entry }
}

/** Words of an album may come with any of its parts. */
export async function addCaption(
  tx: Executor,
  context: InboundContext,
  { laneId, receivedAt }: Arrival,
  event: InboundMessage,
  begun: Original,
): Promise<Appended | null> {
  if (event.body.text === '') return null
  const newest = await findNewestChange(tx, laneId, begun.seq)
  if (newest?.kind === 'deletion') return null
  const before = textOf(newest?.body ?? begun.body)
  return appendEntry(tx, context.clock, {
    laneId,
    direction: 'in',
    author: { kind: 'subscriber', id: null },
    body: { type: 'edit', text: [before, event.body.text].filter(Boolean).join('\n\n') },
    supersedes: begun.seq,
    providerAt: event.providerAt,
    receivedAt,
  })
}

async function lockOriginal(tx: Executor, laneId: string, event: InboundEdit | InboundDeletion) {
  await lockLane(tx, laneId)
  const original = await findByExternalId(tx, laneId, event.messageId)
  if (!original) throw new OriginalMissing(`${event.kind} of a message that has not come yet`)
  return { original, newest: await findNewestChange(tx, laneId, original.seq) }
}

/**
 * Told after what followed it, as one that is replayed may be: the newer words stand, and what was deleted stays so. By the channel's clock,
 * which is the same for both.
 */
function isOutdated({ providerAt }: InboundEdit, newest: Change): boolean {
  if (newest.kind === 'deletion') return true
  return providerAt !== null && newest.providerAt !== null && providerAt < newest.providerAt
}

const textOf = (body: EntryBody): string => (body.type === 'message' || body.type === 'edit' ? body.text : '')

async function supersede(
  tx: Executor,
  context: InboundContext,
  { laneId, receivedAt, late }: Arrival,
  { providerAt }: Exclude<InboundEvent, { kind: 'ignored' }>,
  original: Original,
  body: EntryBody,
): Promise<Appended> {
  const entry = await appendEntry(tx, context.clock, {
    laneId,
    direction: 'in',
    author: { kind: 'subscriber', id: null },
    body,
    supersedes: original.seq,
    providerAt,
    receivedAt,
    late,
  })
  await askForFiling(tx, laneId, entry)
  return entry
}
