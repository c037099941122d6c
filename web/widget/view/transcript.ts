import type { ChatMessage } from '../../../contracts/chat.ts'
import { type ChatView, messagesOf, type Unsent } from '../core/index.ts'

/** How an own message stands; the others have no state. */
export type OwnState = 'sending' | 'waiting' | 'sent' | 'read' | 'failed'

/** One line of the conversation as drawn. */
export type Item =
  | { readonly kind: 'day'; readonly key: string; readonly at: string }
  | {
      readonly kind: 'message'
      readonly key: string
      readonly message: ChatMessage
      readonly unsent?: Unsent
      readonly state?: OwnState
      /** First and last of a run by one author within five minutes. */
      readonly first: boolean
      readonly last: boolean
      /** Its buttons may still be pressed. */
      readonly asking: boolean
    }

type MessageItem = Extract<Item, { kind: 'message' }>

const RUN_MS = 5 * 60_000

const asMessage = (unsent: Unsent): ChatMessage => ({
  seq: 0,
  id: unsent.id,
  from: 'visitor',
  name: null,
  text: unsent.text,
  edited: false,
  attachments: [],
  buttons: [],
  at: unsent.writtenAt,
})

const dayOf = (at: string): string => new Date(at).toDateString()

const together = (a: ChatMessage, b: ChatMessage): boolean =>
  a.from === b.from &&
  a.name === b.name &&
  Math.abs(Date.parse(b.at) - Date.parse(a.at)) < RUN_MS &&
  dayOf(a.at) === dayOf(b.at)

const stateOfUnsent = (unsent: Unsent, first: boolean, hold: string | null): OwnState => {
  if (unsent.failed !== undefined) return 'failed'
  return hold || !first ? 'waiting' : 'sending'
}

type Row = Pick<MessageItem, 'message' | 'unsent' | 'state'>

const rowsOf = ({ lane, settling, unsent, readByAgent, hold }: ChatView): Row[] => {
  const firstWaiting = unsent.find(({ failed }) => failed === undefined)
  return [
    ...messagesOf(lane).map((message): Row => {
      if (message.from !== 'visitor') return { message }
      return { message, state: message.seq <= readByAgent ? 'read' : 'sent' }
    }),
    ...settling.map((item): Row => ({ message: asMessage(item), unsent: item, state: 'sent' })),
    ...unsent.map(
      (item): Row => ({
        message: asMessage(item),
        unsent: item,
        state: stateOfUnsent(item, item === firstWaiting, hold),
      }),
    ),
  ]
}

/**
 * The conversation from top to bottom: what the server holds in the lane's order, then what is on its way in the
 * order of writing, with a separator wherever a day begins.
 */
export const transcriptOf = (view: ChatView): Item[] => {
  const rows = rowsOf(view)
  return rows.flatMap((row, i): Item[] => {
    const { message } = row
    const before = rows[i - 1]?.message
    const after = rows[i + 1]?.message
    // An own message keeps its key when the server's version replaces it: nothing blinks.
    const key = message.id ?? `seq-${message.seq}`
    const item: MessageItem = {
      kind: 'message',
      key,
      ...row,
      first: !before || !together(before, message),
      last: !after || !together(message, after),
      asking: !after && message.buttons.length > 0,
    }
    const newDay = !before || dayOf(before.at) !== dayOf(message.at)
    return newDay ? [{ kind: 'day', key: `day-${key}`, at: message.at }, item] : [item]
  })
}
