import PostalMime from 'postal-mime'
import { type ChatView, type ItemView, plainMessage } from '../control/view.ts'
import type { Blob } from '../core/blobs.ts'
import type { Context } from '../core/context.ts'
import type { Person } from '../core/people.ts'

/** One mail in a person's mail program. */
export interface Letter {
  /** Its Message-ID. */
  id: string
  messageId: string
  references: string[]
  from: 'person' | 'operator'
  at: number
  subject: string
  text: string
  /** Where an answer goes. */
  replyTo: string | undefined
  answers: string | undefined
  files: Blob[]
}

/** Reads a mail as a mail program does. */
export async function letterOf(context: Context, raw: Buffer, from: Letter['from']): Promise<Letter> {
  const mail = await PostalMime.parse(raw, { attachmentEncoding: 'arraybuffer' })
  const messageId = mail.messageId ?? `<${context.timing.now()}@unnamed>`
  const replyTo = mail.replyTo?.[0]?.address ?? mail.from?.address
  const files = mail.attachments.map((one) =>
    context.blobs.put({ name: one.filename ?? 'file', type: one.mimeType, bytes: bytesOf(one.content) }),
  )
  return {
    id: messageId,
    messageId,
    references: mail.references?.split(/\s+/).filter(Boolean) ?? [],
    from,
    at: context.timing.now(),
    subject: mail.subject ?? '',
    text: (mail.text ?? (mail.html ?? '').replace(/<[^>]*>/g, ' ')).trim(),
    replyTo: from === 'operator' ? replyTo : undefined,
    answers: mail.inReplyTo,
    files,
  }
}

const bytesOf = (content: ArrayBuffer | Uint8Array | string): Buffer =>
  typeof content === 'string' ? Buffer.from(content) : Buffer.from(new Uint8Array(content))

/** The person's mails with the operator, oldest first. */
export function viewOf(context: Context, person: Person, letters: Letter[], full: boolean): ChatView {
  const messages = letters.map((letter) =>
    plainMessage(
      { id: letter.id, from: letter.from, at: letter.at, text: letter.text },
      {
        subject: letter.subject,
        replyToId: letter.answers,
        items: letter.files.map((file) => fileItem(context, file)),
      },
    ),
  )
  const chat = { service: 'mail', person: person.key, started: true, blocked: full, typing: false }
  return { ...chat, notice: undefined, keyboard: [], messages }
}

function fileItem(context: Context, { id, name, type, bytes }: Blob): ItemView {
  const kind = type.startsWith('image/') && type !== 'image/svg+xml' ? 'photo' : 'document'
  return { kind, url: `${context.origin()}/world/files/${id}`, name, type, size: bytes.length }
}
