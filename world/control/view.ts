/** What the phone shows of one chat, the same for every service. Times are milliseconds since the epoch. */
export interface ChatView {
  service: string
  person: string
  /** The person has opened the chat (pressed Start), where the service has such a thing. */
  started: boolean
  blocked: boolean
  /** The operator's side is typing now. */
  typing: boolean
  /** The last one-time notice shown over the chat (the answer to a button). */
  notice: { text: string; at: number } | undefined
  /** Keyboard under the input line. */
  keyboard: ButtonView[][]
  messages: MessageView[]
}

export interface MessageView {
  id: string
  from: 'person' | 'operator'
  at: number
  text: string
  subject: string | undefined
  edited: boolean
  /** Only its place is left. */
  deleted: boolean
  /** Messages of one album share it. */
  albumId: string | undefined
  replyToId: string | undefined
  items: ItemView[]
  buttons: ButtonView[][]
  /** How far a message of the operator or of the person came, where the service tells it. */
  status: string | undefined
}

export type ItemView =
  | { kind: 'photo' | 'voice' | 'video' | 'document'; url: string; name: string; type: string; size: number }
  | { kind: 'location'; latitude: number; longitude: number }
  | { kind: 'contact'; name: string; phone: string }

export interface ButtonView {
  text: string
  kind: 'callback' | 'link' | 'contact' | 'location' | 'message' | 'other'
  url: string | undefined
}

/** A message with nothing but its text; services add what they have. */
export function plainMessage(
  base: Pick<MessageView, 'id' | 'from' | 'at' | 'text'>,
  more: Partial<MessageView> = {},
): MessageView {
  return {
    ...base,
    subject: undefined,
    edited: false,
    deleted: false,
    albumId: undefined,
    replyToId: undefined,
    items: [],
    buttons: [],
    status: undefined,
    ...more,
  }
}
