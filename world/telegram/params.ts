import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { bad } from './errors.ts'

export interface UploadedFile {
  name: string
  type: string
  bytes: Buffer
}

/** The parameters of a call: from the query, a form, a multipart form or JSON, in one map; files apart. */
export interface Params {
  values: Record<string, unknown>
  files: Map<string, UploadedFile>
}

export async function paramsOf(request: FastifyRequest): Promise<Params> {
  const files = new Map<string, UploadedFile>()
  const values: Record<string, unknown> = { ...recordOf(request.query) }
  if (!request.isMultipart()) return { values: { ...values, ...recordOf(request.body) }, files }
  for await (const part of request.parts()) {
    if (part.type === 'file') {
      files.set(part.fieldname, {
        name: part.filename || 'file',
        type: part.mimetype,
        bytes: await part.toBuffer(),
      })
    } else {
      values[part.fieldname] = part.value
    }
  }
  return { values, files }
}

const record = z.record(z.string(), z.unknown())
const recordOf = (input: unknown): Record<string, unknown> => record.safeParse(input).data ?? {}

/** Forms carry objects as JSON text. */
export const nested = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((input) => {
    if (typeof input !== 'string') return input
    try {
      return JSON.parse(input)
    } catch {
      return input
    }
  }, schema)

/** Parses the parameters, or raises the API's 400, with the real wording where `asked` names one by parameter. */
export function read<Schema extends z.ZodType>(
  schema: Schema,
  params: Params,
  asked: Record<string, string> = {},
): z.output<Schema> {
  const parsed = schema.safeParse(params.values)
  if (parsed.success) return parsed.data
  const name = String(parsed.error.issues[0]?.path[0] ?? '')
  throw bad(asked[name] ?? `parameter "${name}" is invalid`)
}

const chatId = z.coerce.number().int()
const inlineButton = z.object({
  text: z.string().min(1),
  url: z.string().optional(),
  callback_data: z.string().optional(),
})
const replyButton = z.union([
  z.string().transform((text) => ({ text })),
  z.object({
    text: z.string().min(1),
    request_contact: z.boolean().optional(),
    request_location: z.boolean().optional(),
  }),
])
const markup = nested(
  z.object({
    inline_keyboard: z.array(z.array(inlineButton)).optional(),
    keyboard: z.array(z.array(replyButton)).optional(),
    remove_keyboard: z.boolean().optional(),
  }),
)
export type Markup = z.infer<typeof markup>

const send = {
  chat_id: chatId,
  parse_mode: z.string().optional(),
  reply_markup: markup.optional(),
  reply_parameters: nested(z.object({ message_id: z.coerce.number().int() })).optional(),
}

export const schemas = {
  sendMessage: z.object({ ...send, text: z.string() }),
  sendFile: z.object({ ...send, caption: z.string().optional() }),
  sendLocation: z.object({ ...send, latitude: z.coerce.number(), longitude: z.coerce.number() }),
  sendMediaGroup: z.object({
    ...send,
    media: nested(
      z
        .array(
          z.object({
            type: z.enum(['photo', 'video', 'document']),
            media: z.string(),
            caption: z.string().optional(),
          }),
        )
        .min(2)
        .max(10),
    ),
  }),
  sendChatAction: z.object({ chat_id: chatId, action: z.string() }),
  editMessageText: z.object({ ...send, message_id: z.coerce.number().int(), text: z.string() }),
  editMessageReplyMarkup: z.object({ ...send, message_id: z.coerce.number().int() }),
  deleteMessage: z.object({ chat_id: chatId, message_id: z.coerce.number().int() }),
  answerCallbackQuery: z.object({ callback_query_id: z.string(), text: z.string().max(200).optional() }),
  getFile: z.object({ file_id: z.string() }),
  getUpdates: z.object({
    offset: z.coerce.number().int().optional(),
    limit: z.coerce.number().int().min(1).max(100).catch(100),
    timeout: z.coerce.number().int().min(0).max(50).catch(0),
    allowed_updates: nested(z.array(z.string())).optional(),
  }),
  setWebhook: z.object({
    url: z.string().default(''),
    secret_token: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,256}$/)
      .optional(),
    max_connections: z.coerce.number().int().min(1).max(100).default(40),
    allowed_updates: nested(z.array(z.string())).optional(),
    drop_pending_updates: z
      .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
      .default(false),
  }),
  deleteWebhook: z.object({
    drop_pending_updates: z
      .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
      .default(false),
  }),
}
