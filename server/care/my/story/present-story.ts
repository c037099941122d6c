import type { z } from 'zod'
import type { Entry } from '../../../../contracts/entries.ts'
import type { MyEntry } from '../../../../contracts/my.ts'
import { Order } from '../../../../contracts/orders.ts'
import type { StoryItem } from '../../timeline/index.ts'

/** Where the person reads the files of their story, up to the id. */
export const FILE_PATH = '/api/v1/my/attachments/'

const FROM = { subscriber: 'me', agent: 'agent', assistant: 'assistant', system: 'system' } as const

/** An item of the story as the app shows it. */
export function presentItem(item: StoryItem): z.input<typeof MyEntry> {
  const { entry, edited, deleted, order } = item
  const gone = deleted || entry.body === null
  return {
    laneId: entry.laneId,
    seq: entry.seq,
    channel: entry.channel,
    from: FROM[entry.author.kind],
    name: nameOf(entry, order),
    text: textOf(item),
    edited,
    attachments: deleted ? [] : entry.attachments,
    buttons: gone || entry.body?.type !== 'message' ? [] : (entry.body.buttons ?? []),
    order: Order.safeParse(order).data ?? null,
    at: entry.storedAt,
  }
}

/** Agents are known to the public by their first name only. */
function nameOf({ author }: Entry, order: StoryItem['order']): string | null {
  const name = order ? order.by.name : author.name
  return author.kind === 'agent' ? (name?.split(' ')[0] ?? null) : (order?.by.name ?? null)
}

/** A mail is read with its subject. */
function textOf({ entry, text }: StoryItem): string | null {
  const subject = entry.body?.type === 'message' ? entry.body.mail?.subject : undefined
  return text !== null && subject ? `${subject}\n\n${text}` : text
}
