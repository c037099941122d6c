import { z } from 'zod'

/**
 * Updates of the MAX Bot API (OpenAPI 0.0.32), as far as we read them. Identifiers are 64-bit integers: kept as strings, for
 * `parseExactJson` gives the long ones as such. Times are milliseconds.
 */
const id = z.union([z.number().int(), z.string().regex(/^-?\d+$/)]).transform(String)
const unixMs = z.number().int()

const User = z.object({
  user_id: id,
  first_name: z.string().nullish(),
  last_name: z.string().nullish(),
  /** To be removed from the API, but the only one in older clients. */
  name: z.string().nullish(),
  username: z.string().nullish(),
  is_bot: z.boolean().nullish(),
})
export type MaxUser = z.infer<typeof User>

/** What a person is called; null where MAX does not say. */
export function nameOf(user: MaxUser | null | undefined): string | null {
  return [user?.first_name, user?.last_name].filter(Boolean).join(' ') || user?.name || null
}

const Body = z.object({
  mid: z.string().min(1),
  text: z.string().nullish(),
  /** Read one by one: what is of a kind that we do not know must not cost us the message. */
  attachments: z.array(z.unknown()).nullish(),
  markup: z
    .array(z.object({ from: z.number().int(), length: z.number().int(), url: z.string().nullish() }))
    .nullish(),
})

export const MaxMessage = z.object({
  sender: User.nullish(),
  recipient: z.object({ chat_type: z.string() }),
  timestamp: unixMs,
  link: z.object({ type: z.string(), sender: User.nullish(), message: Body }).nullish(),
  /** Null when there is nothing but a forwarded message. */
  body: Body.nullable(),
})
export type MaxMessage = z.infer<typeof MaxMessage>
export type MaxBody = z.infer<typeof Body>

const media = z.object({ url: z.string(), token: z.string().nullish() })
const picture = media.extend({ photo_id: id.nullish() })

/** What comes with a message. */
export const MaxAttachment = z.discriminatedUnion('type', [
  z.object({ type: z.literal('image'), payload: picture }),
  z.object({ type: z.literal('video'), payload: media }),
  z.object({ type: z.literal('audio'), payload: media }),
  z.object({
    type: z.literal('file'),
    payload: media,
    filename: z.string().nullish(),
    size: z.number().nonnegative().nullish(),
  }),
  z.object({ type: z.literal('sticker'), payload: media.extend({ code: z.string().nullish() }) }),
  z.object({
    type: z.literal('contact'),
    payload: z.object({
      vcf_info: z.string().nullish(),
      hash: z.string().nullish(),
      max_info: z.object({ user_id: id }).nullish(),
    }),
  }),
  z.object({ type: z.literal('location'), latitude: z.number(), longitude: z.number() }),
  z.object({ type: z.literal('share'), payload: z.object({ url: z.string().nullish() }) }),
  z.object({
    type: z.literal('inline_keyboard'),
    payload: z.object({
      buttons: z.array(z.array(z.object({ text: z.string(), payload: z.string().nullish() }))),
    }),
  }),
])
export type MaxAttachment = z.infer<typeof MaxAttachment>

const head = { timestamp: unixMs, user_locale: z.string().nullish() }

/** The kinds that we ask MAX for. `dialog_removed` comes together with `bot_stopped`, which says the same. */
export const UPDATE_KINDS = [
  'message_created',
  'message_callback',
  'message_edited',
  'message_removed',
  'bot_started',
  'bot_stopped',
] as const

export const MaxUpdate = z.discriminatedUnion('update_type', [
  z.object({ update_type: z.literal('message_created'), ...head, message: MaxMessage }),
  z.object({ update_type: z.literal('message_edited'), ...head, message: MaxMessage }),
  z.object({
    update_type: z.literal('message_removed'),
    ...head,
    message_id: z.string().min(1),
    chat_id: id,
    user_id: id,
  }),
  z.object({
    update_type: z.literal('message_callback'),
    ...head,
    callback: z.object({
      timestamp: unixMs,
      callback_id: z.string().min(1),
      payload: z.string().nullish(),
      user: User,
    }),
    /** Null when the message was deleted meanwhile. */
    message: MaxMessage.nullish(),
  }),
  z.object({ update_type: z.literal('bot_started'), ...head, user: User, payload: z.string().nullish() }),
  z.object({ update_type: z.literal('bot_stopped'), ...head, user: User }),
])
export type MaxUpdate = z.infer<typeof MaxUpdate>
export type UpdateOf<Kind extends MaxUpdate['update_type']> = Extract<MaxUpdate, { update_type: Kind }>

/** Any update: to tell what is unknown from what is broken. */
export const AnyUpdate = z.looseObject({ update_type: z.string() })
export const isKnownKind = (kind: string): boolean => UPDATE_KINDS.some((one) => one === kind)
