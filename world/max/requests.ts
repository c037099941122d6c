import { z } from 'zod'
import { refusals } from './errors.ts'

/** Requests of the API, with the limits of the documentation. */
const text = z.string().min(1).max(128)
const button = z.discriminatedUnion('type', [
  z.object({ type: z.literal('callback'), text, payload: z.string().max(1024) }),
  z.object({ type: z.literal('link'), text, url: z.string().max(2048) }),
  z.object({ type: z.literal('request_contact'), text }),
  z.object({ type: z.literal('request_geo_location'), text, quick: z.boolean().optional() }),
  z.object({ type: z.literal('message'), text }),
  z.object({ type: z.literal('open_app'), text }),
  z.object({ type: z.literal('clipboard'), text, payload: z.string().max(1024) }),
])
/** At most 30 rows of 7 buttons, 3 where a button asks for something or leads away. */
const wide = new Set(['link', 'open_app', 'request_geo_location', 'request_contact'])
const row = z
  .array(button)
  .max(7)
  .refine((buttons) => buttons.length <= 3 || !buttons.some((one) => wide.has(one.type)), {
    message: 'Too many buttons in a row',
  })

const tokenPayload = z.object({ token: z.string() })
const attachment = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('image'),
    payload: z.object({
      token: z.string().nullish(),
      url: z.string().nullish(),
      photos: z.record(z.string(), tokenPayload).nullish(),
    }),
  }),
  z.object({ type: z.literal('video'), payload: tokenPayload }),
  z.object({ type: z.literal('audio'), payload: tokenPayload }),
  z.object({ type: z.literal('file'), payload: tokenPayload }),
  z.object({
    type: z.literal('contact'),
    payload: z.object({
      name: z.string().nullish(),
      vcf_info: z.string().nullish(),
      vcf_phone: z.string().nullish(),
    }),
  }),
  z.object({ type: z.literal('location'), latitude: z.number(), longitude: z.number() }),
  z.object({
    type: z.literal('inline_keyboard'),
    payload: z.object({ buttons: z.array(row).min(1).max(30) }),
  }),
])
export type AttachmentRequest = z.infer<typeof attachment>

const alone = new Set(['audio', 'file', 'contact', 'location'])
export const newMessage = z.object({
  text: z.string().max(4000, 'Text must not be longer than 4000 characters').nullish(),
  attachments: z
    .array(attachment)
    .max(12)
    .refine((all) => {
      const media = all.filter((one) => one.type !== 'inline_keyboard')
      return media.length <= 1 || !media.some((one) => alone.has(one.type))
    }, 'Must be only one attachment of this type in message')
    .nullish(),
  link: z.object({ type: z.enum(['reply', 'forward']), mid: z.string() }).nullish(),
  notify: z.boolean().optional(),
  format: z.enum(['markdown', 'html']).nullish(),
})
export type NewMessage = z.infer<typeof newMessage>

export const callbackAnswer = z.object({ message: newMessage.nullish(), notification: z.string().nullish() })

export const subscription = z.object({
  url: z.string(),
  update_types: z.array(z.string().min(1)).nullish(),
  secret: z
    .string()
    .regex(/^[a-zA-Z0-9_-]{5,256}$/)
    .nullish(),
})

export const chatAction = z.object({
  action: z.enum(['typing_on', 'sending_photo', 'sending_video', 'sending_audio', 'sending_file']),
})

export const updatesQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  timeout: z.coerce.number().int().min(0).max(90).default(30),
  marker: z.coerce.number().int().optional(),
  types: z.string().optional(),
})

export const messagesQuery = z.object({
  chat_id: z.coerce.number().int().optional(),
  message_ids: z.string().optional(),
  from: z.coerce.number().optional(),
  to: z.coerce.number().optional(),
  count: z.coerce.number().int().min(1).max(100).default(50),
})

export const sendQuery = z.object({
  chat_id: z.coerce.number().int().optional(),
  user_id: z.coerce.number().int().optional(),
})
export const messageQuery = z.object({ message_id: z.string().min(1) })
export const callbackQuery = z.object({ callback_id: z.string().min(1) })
export const urlQuery = z.object({ url: z.string() })
export const uploadQuery = z.object({ type: z.enum(['image', 'video', 'audio', 'file']) })

/** Parses, or raises the API's 400. */
export function read<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const [first] = parsed.error.issues
  throw refusals.payload(first ? `${first.path.join('.')}: ${first.message}` : 'Invalid request')
}
