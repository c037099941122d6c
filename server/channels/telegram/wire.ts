import { z } from 'zod'

/**
 * Updates of the Telegram Bot API 10.1, as far as we read them. Identifiers come as numbers of at most 52 bits; they are kept as strings,
 * as are longer ones, which `parseExactJson` gives as strings.
 */
const id = z.union([z.number().int(), z.string().regex(/^-?\d+$/)]).transform(String)
const unixTime = z.number().int()

const User = z.object({
  id,
  is_bot: z.boolean(),
  first_name: z.string(),
  last_name: z.string().optional(),
  username: z.string().optional(),
  language_code: z.string().optional(),
})
export type TelegramUser = z.infer<typeof User>

const Chat = z.object({ id, type: z.string() })
const Titled = z.object({ title: z.string().optional() })
const Entities = z.array(
  z.object({ offset: z.number().int(), length: z.number().int(), url: z.string().optional() }),
)

const file = {
  file_id: z.string().min(1),
  /** The same for the same file, over time and for different bots; `file_id` may change. */
  file_unique_id: z.string().optional(),
  file_size: z.number().nonnegative().optional(),
}
const NamedFile = z.object({ ...file, file_name: z.string().optional(), mime_type: z.string().optional() })
export type TelegramFile = z.infer<typeof NamedFile>

const location = z.object({ latitude: z.number(), longitude: z.number() })

export const TelegramMessage = z.looseObject({
  message_id: id,
  from: User.optional(),
  chat: Chat,
  date: unixTime,
  edit_date: unixTime.optional(),
  media_group_id: z.string().optional(),
  reply_to_message: z
    .object({ message_id: id, chat: Chat, media_group_id: z.string().optional() })
    .optional(),
  text: z.string().optional(),
  entities: Entities.optional(),
  caption: z.string().optional(),
  caption_entities: Entities.optional(),
  rich_message: z.object({ blocks: z.array(z.unknown()) }).optional(),
  forward_origin: z
    .object({
      sender_user: User.optional(),
      sender_user_name: z.string().optional(),
      sender_chat: Titled.optional(),
      chat: Titled.optional(),
    })
    .optional(),
  photo: z.array(z.object({ ...file, width: z.number(), height: z.number() })).optional(),
  document: NamedFile.optional(),
  animation: NamedFile.optional(),
  audio: NamedFile.optional(),
  video: NamedFile.optional(),
  voice: NamedFile.optional(),
  video_note: NamedFile.optional(),
  sticker: z.object({ ...file, emoji: z.string().optional() }).optional(),
  location: location.optional(),
  venue: z.object({ location, title: z.string(), address: z.string() }).optional(),
  contact: z
    .object({
      phone_number: z.string(),
      first_name: z.string(),
      last_name: z.string().optional(),
      user_id: id.optional(),
    })
    .optional(),
})
export type TelegramMessage = z.infer<typeof TelegramMessage>

const InlineKeyboard = z.object({
  inline_keyboard: z.array(z.array(z.object({ text: z.string(), callback_data: z.string().optional() }))),
})

const CallbackQuery = z.object({
  id: z.string().min(1),
  from: User,
  /** Of a message that is too old there is only its place. */
  message: z.object({ chat: Chat, reply_markup: InlineKeyboard.optional() }).optional(),
  data: z.string().optional(),
})
export type TelegramCallback = z.infer<typeof CallbackQuery>

const ChatMemberUpdated = z.object({
  chat: Chat,
  from: User,
  date: unixTime,
  new_chat_member: z.object({ status: z.string() }),
})
export type TelegramMembership = z.infer<typeof ChatMemberUpdated>

/** An update holds one of its kinds; those that we do not know stay unread. */
export const TelegramUpdate = z.looseObject({
  update_id: id,
  message: TelegramMessage.optional(),
  edited_message: TelegramMessage.optional(),
  callback_query: CallbackQuery.optional(),
  my_chat_member: ChatMemberUpdated.optional(),
})
export type TelegramUpdate = z.infer<typeof TelegramUpdate>

/** The kinds that we ask Telegram for. */
export const UPDATE_KINDS = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const
