import type { InboundFile, InboundMessage } from '../../care/timeline/index.ts'
import type { TelegramFile, TelegramMessage } from './wire.ts'

/** What a message says, apart from who said it and when. */
export type Content = Pick<InboundMessage, 'body' | 'files' | 'sharedContact'>

/** Kinds of content that we cannot show; the agent sees that there was something. */
const UNSHOWN = [
  'poll',
  'dice',
  'game',
  'story',
  'paid_media',
  'checklist',
  'live_photo',
  'giveaway',
] as const

/** Reads what the person said; undefined for service messages, which say nothing (a pinned message, a changed photo). */
export function contentOf(message: TelegramMessage): Content | undefined {
  const text = message.text ?? message.caption
  const files = filesOf(message)
  if (files.length > 0) return { body: { type: 'message', text: text ?? '' }, files }
  if (message.contact) return contactContent(message)
  if (message.venue) {
    const { title, address, location } = message.venue
    return { body: { type: 'message', text: `${title}\n${address}`, location } }
  }
  if (message.location) return { body: { type: 'message', text: '', location: message.location } }
  const said = text ?? message.sticker?.emoji ?? unshownKind(message)
  return said === undefined ? undefined : { body: { type: 'message', text: said } }
}

function filesOf(message: TelegramMessage): InboundFile[] {
  const { photo, voice, audio, video, video_note: note, animation, document, sticker } = message
  const largest = photo?.reduce((one, other) =>
    other.width * other.height > one.width * one.height ? other : one,
  )
  return [
    fileOf(largest, 'photo.jpg', 'image/jpeg'),
    fileOf(voice, 'voice.ogg', 'audio/ogg'),
    fileOf(audio, 'audio.mp3', 'audio/mpeg'),
    fileOf(video, 'video.mp4', 'video/mp4'),
    fileOf(note, 'video-note.mp4', 'video/mp4'),
    fileOf(animation, 'animation.mp4', 'video/mp4'),
    // An animation comes as a document too, for clients that know no animations.
    animation ? undefined : fileOf(document, 'document', 'application/octet-stream'),
    // A sticker's emoji says it in a letter; only one without is shown as a picture.
    sticker?.emoji ? undefined : fileOf(sticker, 'sticker.webp', 'image/webp'),
  ].filter((file) => file !== undefined)
}

function fileOf(file: TelegramFile | undefined, name: string, type: string): InboundFile | undefined {
  return (
    file && {
      name: file.file_name ?? name,
      declaredType: file.mime_type ?? type,
      remote: { fileId: file.file_id },
      ...(file.file_size !== undefined && { size: file.file_size }),
    }
  )
}

/**
 * A card is the person's own number if Telegram found the account behind it to be the sender's: `contact.user_id` is resolved by the
 * server, cards from an address book name others or nobody.
 */
function contactContent({ contact, from }: TelegramMessage): Content | undefined {
  if (!contact) return undefined
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(' ')
  const msisdn = contact.phone_number.replace(/\D/g, '')
  const proved = contact.user_id !== undefined && contact.user_id === from?.id
  const shared = { msisdn, name, proved }
  return { body: { type: 'message', text: '', contact: shared }, sharedContact: shared }
}

function unshownKind(message: TelegramMessage): string | undefined {
  const kind = UNSHOWN.find((one) => message[one] !== undefined)
  return kind && `[${kind}]`
}
