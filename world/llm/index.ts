import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'

/**
 * A language model's endpoint as OpenAI's API has it, so much of it as a chat needs. It thinks nothing: it says what it was told to say, and it
 * obeys: whatever order stands anywhere in what it reads, the person's words and articles included, it carries out word for word.
 */
export interface LlmService {
  /** What it says from now on to whoever gives it no order; an object is said as JSON. */
  answer(what: string | object): void
  /** It fails from now on with this status, or hangs; null: it works again. */
  fail(how: number | 'hang' | null): void
  /** What it was told, oldest first. */
  asked(): readonly Asked[]
  register(app: FastifyInstance): Promise<void>
}

export interface Asked {
  readonly model: string
  readonly messages: readonly { readonly role: string; readonly text: string }[]
}

const Body = z.looseObject({
  model: z.string(),
  messages: z.array(
    z.object({
      role: z.string(),
      content: z.union([z.string(), z.array(z.looseObject({ text: z.string().optional() }))]),
    }),
  ),
})

/** How an order looks that it obeys, wherever it stands: what it is to say, so that nobody but it reads words in it. */
const ORDER = /⚙([\w-]+)/u

/** An order to say something, to be hidden in a text. */
export const orderTo = (say: object): string => `⚙${Buffer.from(JSON.stringify(say)).toString('base64url')}`

export function createLlm({ key = 'llm-key' }: { readonly key?: string } = {}): LlmService {
  let said = JSON.stringify({ reply: null, sources: [], action: null })
  let failing: number | 'hang' | null = null
  const asked: Asked[] = []
  return {
    answer: (what) => {
      said = typeof what === 'string' ? what : JSON.stringify(what)
    },
    fail: (how) => {
      failing = how
    },
    asked: () => asked,
    register: async (app) => {
      app.post('/llm/v1/chat/completions', async (request, reply) => {
        if (request.headers.authorization !== `Bearer ${key}`)
          return reply.code(401).send({ error: { message: 'key' } })
        const body = Body.parse(request.body)
        const messages = body.messages.map(({ role, content }) => ({
          role,
          text: typeof content === 'string' ? content : content.map(({ text = '' }) => text).join(''),
        }))
        asked.push({ model: body.model, messages })
        if (failing === 'hang') return new Promise(() => undefined)
        if (failing !== null) return reply.code(failing).send({ error: { message: 'planned' } })
        const order = messages.map(({ text }) => ORDER.exec(text)?.[1]).find((one) => one !== undefined)
        const content = order === undefined ? said : Buffer.from(order, 'base64url').toString()
        return {
          id: randomUUID(),
          object: 'chat.completion',
          created: Math.floor(Date.now() / 1000),
          model: body.model,
          choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
          usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
        }
      })
    },
  }
}
