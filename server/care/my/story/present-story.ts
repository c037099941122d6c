import type { z } from 'zod'
import { type Entry, OrderOnTimeline } from '../../../../contracts/entries.ts'
import { MarketOnTimeline } from '../../../../contracts/market.ts'
import type { MyEntry } from '../../../../contracts/my.ts'
import type { StoryItem } from '../../timeline/index.ts'
import { isTold, toldOrder } from '../told-order.ts'

/** Where the person reads the files of their story, up to the id. */
export const FILE_PATH = '/api/v1/my/attachments/'

const FROM = { subscriber: 'me', agent: 'agent', assistant: 'assistant', system: 'system' } as const

/** Items of the story as the app shows them. What the staff have not settled among themselves yet is no part of it. */
export const presentItems = (items: readonly StoryItem[]): z.input<typeof MyEntry>[] =>
  items.filter(({ order }) => order === null || isTold(order)).map(presentItem)

function presentItem(item: StoryItem): z.input<typeof MyEntry> {
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
    attachments: deleted ? [] : entry.attachments.filter(({ replaced }) => !replaced),
    buttons: gone || entry.body?.type !== 'message' ? [] : (entry.body.buttons ?? []),
    order: readable(order),
    market: MarketOnTimeline.safeParse(item.market).data ?? null,
    at: entry.storedAt,
  }
}

/** What was kept by an older version and cannot be read any more is left out rather than the whole story. */
function readable(order: StoryItem['order']): z.input<typeof MyEntry>['order'] {
  const { data } = OrderOnTimeline.safeParse(order)
  return data ? toldOrder(data) : null
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
