import type { InboundFile, InboundMessage } from '../../care/timeline/index.ts'
import type { TelegramFile, TelegramMessage } from './wire.ts'
import { forwardOf, wordsOf } from './words.ts'

/** What a message says, apart from who said it and when. */
export type Content = Pick<InboundMessage, 'body' | 'files' | 'sharedContact'>

/** What a message has besides what it says: who, when, where, in answer to what, how it looks. */
const AROUND = new Set(
  (
    'message_id message_thread_id direct_messages_topic from sender_chat sender_boost_count sender_business_bot sender_tag date ' +
    'guest_query_id business_connection_id chat forward_origin forward_from forward_from_chat forward_from_message_id ' +
    'forward_signature forward_sender_name forward_date is_topic_message is_automatic_forward reply_to_message external_reply quote ' +
    'reply_to_story reply_to_checklist_task_id reply_to_poll_option_id via_bot guest_bot_caller_user guest_bot_caller_chat edit_date ' +
    'has_protected_content is_from_offline is_paid_post media_group_id author_signature paid_star_count entities ' +
    'link_preview_options suggested_post_info effect_id caption_entities show_caption_above_media has_media_spoiler reply_markup'
  ).split(' '),
)
/** Service messages, which say nothing: a pinned message, a changed photo, a payment. */
const SERVICE =
  /^(?:new_chat_|left_chat_|chat_|group_chat_|supergroup_chat_|channel_chat_|message_auto_|migrate_|pinned_|successful_|refunded_|users_|user_|gift_upgrade_|connected_|write_access_|passport_|proximity_|boost_|checklist_tasks_|direct_message_|forum_|general_forum_|giveaway_|managed_|paid_message_|poll_option_|suggested_post_|video_chat_|voice_chat_|web_app_|delete_chat_)/

/** Reads what the person said; undefined for service messages, which say nothing. What we cannot show is named: there was something. */
export function contentOf(message: TelegramMessage): Content | undefined {
  const content = saidOf(message)
  const forwarded = forwardOf(message)
  return content && forwarded ? { ...content, body: { ...content.body, forwarded } } : content
}

function saidOf(message: TelegramMessage): Content | undefined {
  const text = wordsOf(message)
  const files = filesOf(message)
  if (files.length > 0) return { body: { type: 'message', text: text ?? '' }, files }
  if (message.contact) return contactContent(message)
  if (message.venue) {
    const { title, address, location } = message.venue
    return { body: { type: 'message', text: `${title}\n${address}`, location } }
  }
  if (message.location) return { body: { type: 'message', text: '', location: message.location } }
  const said = text || message.sticker?.emoji || unshownKind(message)
  return said === undefined ? undefined : { body: { type: 'message', text: said } }
}

/** The files of a message, with what they are called by Telegram itself: an edit names them all anew. */
export function filesOf(message: TelegramMessage): InboundFile[] {
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
      ...(file.file_unique_id !== undefined && { channelFile: file.file_unique_id }),
      ...(file.file_size !== undefined && { size: file.file_size }),
    }
  )
}

/**
 * A card is the person's own number if Telegram found the account behind it to be the sender's: `contact.user_id` is resolved by the
 * server, cards from an address book name others or nobody.
 */
function contactContent({ contact, from, forward_origin }: TelegramMessage): Content | undefined {
  if (!contact) return undefined
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(' ')
  const msisdn = contact.phone_number.replace(/\D/g, '')
  // A card that was passed on proves nothing about who passes it on.
  const proved = !forward_origin && contact.user_id !== undefined && contact.user_id === from?.id
  const shared = { msisdn, name, proved }
  return { body: { type: 'message', text: '', contact: shared }, sharedContact: shared }
}

function unshownKind(message: TelegramMessage): string | undefined {
  const kinds = Object.keys(message).filter((name) => !AROUND.has(name))
  return kinds.length === 0 || kinds.some((kind) => SERVICE.test(kind)) ? undefined : `[${kinds[0]}]`
}
