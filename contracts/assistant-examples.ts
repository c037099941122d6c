import { z } from 'zod'
import { Done, Id, IdParam, Instant, PageQuery, pageOf, text } from './primitives.ts'
import type { Contract } from './route.ts'

/** `out-of-scope` is the key of what is none of ours. */
export const IntentKey = z.string().regex(/^[a-z0-9-]{1,60}$/)
const Share = z.number().min(0).max(1)

/** What people want of us, with how well it is understood. */
export const AssistantIntent = z
  .object({
    key: IntentKey,
    topicKey: z.string().nullable(),
    title: z.object({ ru: z.string(), en: z.string() }),
    examples: z.number().int(),
    /** Share of its examples that the model would understand without having seen them; null until trained. */
    understood: Share.nullable(),
  })
  .meta({ id: 'AssistantIntent' })
export type AssistantIntent = z.infer<typeof AssistantIntent>

export const AssistantExample = z
  .object({
    id: Id,
    intent: IntentKey,
    text: z.string(),
    addedAt: Instant,
    addedBy: z.string(),
    /** What the model takes it for without having seen it; null until trained with it. */
    understoodAs: IntentKey.nullable(),
  })
  .meta({ id: 'AssistantExample' })
export type AssistantExample = z.infer<typeof AssistantExample>

export const Understood = z
  .object({
    /** `sure`: go ahead; `half-sure`: ask back; `unsure`: offer a menu or a person; `out-of-scope`: none of ours. */
    verdict: z.enum(['sure', 'half-sure', 'unsure', 'out-of-scope']),
    intents: z.array(z.object({ intent: IntentKey, confidence: Share })),
    /** The examples that spoke loudest for the first intent, with their share of all that spoke. */
    because: z.array(z.object({ text: z.string(), share: Share })),
  })
  .meta({ id: 'Understood' })

/** How the understanding that serves now came to be. */
export const AssistantTraining = z
  .object({
    /** Changes of examples so far, and up to which the serving model knows them; null = none serves yet. */
    revision: z.number().int(),
    trained: z.number().int().nullable(),
    training: z.boolean(),
    trainedAt: Instant.nullable(),
    seconds: z.number().nullable(),
    /** Why the last training failed; the model before it goes on serving. */
    failure: z.enum(['too-few-examples', 'defect']).nullable(),
    /** Measured on examples held out of training; null = none serves yet. */
    quality: z
      .object({
        examples: z.number().int(),
        accuracy: Share,
        macroF1: Share,
        accuracyKept: Share,
        outOfScopeRecall: Share.nullable(),
        calibrationError: Share,
      })
      .nullable(),
  })
  .meta({ id: 'AssistantTraining' })

const Confusion = z
  .object({
    intent: IntentKey,
    understoodAs: IntentKey,
    count: z.number().int(),
    /** Some of them. */
    texts: z.array(z.string()),
  })
  .meta({ id: 'AssistantConfusion' })

/** Questions alike that the assistant was not sure of; numbers in them are blanked. */
const UnansweredHeap = z
  .object({
    /** The most typical one. */
    text: z.string(),
    /** How often anything of the heap was asked. */
    times: z.number().int(),
    /** The intent that was likeliest. */
    intent: IntentKey,
    lastAt: Instant,
    questions: z.array(z.object({ id: Id, text: z.string(), times: z.number().int() })),
  })
  .meta({ id: 'UnansweredHeap' })

const READERS = ['supervisor', 'designer', 'admin'] as const
const WRITERS = ['designer', 'admin'] as const
const ExampleText = text(500).refine((value) => /[\p{L}\p{N}]/u.test(value), 'must have a word')

export const assistantExamples = {
  listAssistantIntents: {
    method: 'GET',
    path: '/api/v1/assistant/intents',
    summary: 'What the assistant can understand (at most 500)',
    access: READERS,
    idempotency: 'safe',
    response: z.array(AssistantIntent),
  },
  putAssistantIntent: {
    method: 'PUT',
    path: '/api/v1/assistant/intents/:key',
    summary: 'Add an intent, or change its title and topic',
    access: WRITERS,
    idempotency: 'natural',
    params: z.object({ key: IntentKey }),
    body: z.object({
      topicKey: z.string().max(60).nullable(),
      title: z.object({ ru: text(80).min(1), en: text(80).min(1) }),
    }),
    response: AssistantIntent,
    errors: ['invalid_request', 'capacity_exceeded'],
  },
  listAssistantExamples: {
    method: 'GET',
    path: '/api/v1/assistant/intents/:key/examples',
    summary: 'Examples of an intent, newest first',
    access: READERS,
    idempotency: 'safe',
    params: z.object({ key: IntentKey }),
    query: PageQuery,
    response: pageOf(AssistantExample),
    errors: ['not_found'],
  },
  addAssistantExample: {
    method: 'POST',
    path: '/api/v1/assistant/examples',
    summary: 'Teach an intent one more example; the model learns it within seconds',
    access: WRITERS,
    idempotency: 'natural',
    body: z.object({ intent: IntentKey, text: ExampleText }),
    response: AssistantExample,
    errors: ['not_found', 'conflict', 'capacity_exceeded'],
  },
  moveAssistantExample: {
    method: 'PATCH',
    path: '/api/v1/assistant/examples/:id',
    summary: 'Move an example to another intent',
    access: WRITERS,
    idempotency: 'natural',
    params: IdParam,
    body: z.object({ intent: IntentKey }),
    response: AssistantExample,
    errors: ['not_found'],
  },
  removeAssistantExample: {
    method: 'DELETE',
    path: '/api/v1/assistant/examples/:id',
    summary: 'Remove an example',
    access: WRITERS,
    idempotency: 'natural',
    params: IdParam,
    response: Done,
  },
  getAssistantTraining: {
    method: 'GET',
    path: '/api/v1/assistant/training',
    summary: 'Which examples the serving model knows, and how good it is',
    access: READERS,
    idempotency: 'safe',
    response: AssistantTraining,
  },
  listAssistantConfusions: {
    method: 'GET',
    path: '/api/v1/assistant/confusions',
    summary: 'Which intents are taken for one another, most often first (at most 200)',
    access: READERS,
    idempotency: 'safe',
    response: z.array(Confusion),
  },
  tryUnderstanding: {
    method: 'POST',
    path: '/api/v1/assistant/understanding',
    summary: 'What a message would be taken for; nothing is kept of it',
    access: READERS,
    idempotency: 'natural',
    body: z.object({ text: text(2_000) }),
    response: Understood,
  },
  listUnanswered: {
    method: 'GET',
    path: '/api/v1/assistant/unanswered',
    summary:
      'Questions that the assistant was not sure of, alike ones together, most asked first (at most 100 heaps)',
    access: READERS,
    idempotency: 'safe',
    response: z.array(UnansweredHeap),
  },
  answerUnanswered: {
    method: 'POST',
    path: '/api/v1/assistant/unanswered/answers',
    summary: 'Teach these questions to an intent, or to none (null): they are unanswered no more',
    access: WRITERS,
    idempotency: 'natural',
    body: z.object({ ids: z.array(Id).min(1).max(100), intent: IntentKey.nullable() }),
    response: Done,
    errors: ['not_found', 'capacity_exceeded'],
  },
} as const satisfies Contract
