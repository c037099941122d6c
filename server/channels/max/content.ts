import { type InboundFile, type InboundMessage, withLinks } from '../../care/timeline/index.ts'
import { readContact } from './shared-contact.ts'
import { MaxAttachment, type MaxBody, type MaxMessage, nameOf } from './wire.ts'

/** What a message says, apart from who said it and when. */
export type Content = Pick<InboundMessage, 'body' | 'files' | 'sharedContact'>

/** Reads what the person said; what they forwarded stands below their own words. */
export function contentOf(message: MaxMessage, senderId: string, token: string | undefined): Content {
  const forwarded = message.link?.type === 'forward' ? message.link.message : undefined
  const own = readAttachments(message.body?.attachments ?? [])
  const passedOn = readAttachments(forwarded?.attachments ?? [])
  const attachments = [...own.known, ...passedOn.known]
  const words = [wordsOf(message.body), wordsOf(forwarded)].filter(Boolean)
  const files = attachments.flatMap((one) => fileOf(one) ?? [])
  const place = attachments.find((one) => one.type === 'location')
  // A card that was passed on proves nothing about who passes it on.
  const card = own.known.find((one) => one.type === 'contact')
  const contact = card && readContact(card.payload, senderId, token)
  const nothing = words.length + files.length === 0 && !place && !contact
  if (nothing)
    words.push(...linksOf(attachments), ...[...own.unknown, ...passedOn.unknown].map((kind) => `[${kind}]`))
  return {
    body: {
      type: 'message',
      text: words.join('\n\n'),
      ...(place && { location: { latitude: place.latitude, longitude: place.longitude } }),
      ...(contact && { contact }),
      ...(forwarded && { forwarded: { from: nameOf(message.link?.sender) } }),
    },
    ...(files.length > 0 && { files }),
    ...(contact && { sharedContact: contact }),
  }
}

/** The words of a message, with the addresses of links that stand behind them. */
export function wordsOf(body: MaxBody | null | undefined): string {
  const links = (body?.markup ?? []).flatMap(({ url, ...mark }) => (url ? [{ ...mark, url }] : []))
  return withLinks(body?.text ?? '', links)
}

/** The attachments that we can read, and the names of the kinds that we cannot. */
export function readAttachments(raw: readonly unknown[]): { known: MaxAttachment[]; unknown: string[] } {
  const known: MaxAttachment[] = []
  const unknown: string[] = []
  for (const one of raw) {
    const { data } = MaxAttachment.safeParse(one)
    if (data) known.push(data)
    else unknown.push(kindOf(one))
  }
  return { known, unknown }
}

function kindOf(attachment: unknown): string {
  const kind =
    typeof attachment === 'object' && attachment !== null && 'type' in attachment && attachment.type
  return typeof kind === 'string' ? kind : 'attachment'
}

const linksOf = (attachments: readonly MaxAttachment[]): string[] =>
  attachments.flatMap((one) => (one.type === 'share' && one.payload.url) || [])

/** A file with what MAX calls it by: pictures by their number, stickers by their code, the rest by the token to send it again with. */
function fileOf(attachment: MaxAttachment): InboundFile | undefined {
  const file = bareFileOf(attachment)
  const channelFile = file && nameInMax(attachment)
  return file && channelFile ? { ...file, channelFile } : file
}

function nameInMax(attachment: MaxAttachment): string | null | undefined {
  switch (attachment.type) {
    case 'image':
      return attachment.payload.photo_id ?? attachment.payload.token
    case 'sticker':
      return attachment.payload.code ?? attachment.payload.token
    case 'audio':
    case 'video':
    case 'file':
      return attachment.payload.token
    default:
      return undefined
  }
}

function bareFileOf(attachment: MaxAttachment): InboundFile | undefined {
  switch (attachment.type) {
    case 'image':
      return { name: 'photo.jpg', declaredType: 'image/jpeg', remote: { url: attachment.payload.url } }
    case 'sticker':
      return { name: 'sticker.webp', declaredType: 'image/webp', remote: { url: attachment.payload.url } }
    case 'audio':
      return { name: 'voice.ogg', declaredType: 'audio/ogg', remote: { url: attachment.payload.url } }
    case 'video': {
      const { url, token } = attachment.payload
      return {
        name: 'video.mp4',
        declaredType: 'video/mp4',
        remote: { url, ...(token && { videoToken: token }) },
      }
    }
    case 'file': {
      const { payload, filename, size } = attachment
      return {
        name: filename || 'document',
        remote: { url: payload.url },
        ...(typeof size === 'number' && { size }),
      }
    }
    default:
      return undefined
  }
}
