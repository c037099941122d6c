import { z } from 'zod'
import { ChannelKind } from './channels.ts'
import type { OrderRequest } from './orders.ts'
import { text } from './primitives.ts'

/** What the assistant says, in both languages. `{name}` stands for a slot, or a fact that a question gave. */
export const FlowWords = z.object({ ru: text(2000), en: text(2000) }).meta({ id: 'FlowWords' })
export type FlowWords = z.infer<typeof FlowWords>

export const FlowKey = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)
export const NodeId = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)
const Name = z.string().regex(/^[a-z][a-zA-Z0-9]{0,39}$/)
const IntentKey = z.string().regex(/^[a-z0-9-]{1,60}$/)

/**
 * What a slot holds and when it is right. Money in kopecks, dates in days from today. `item`: one of a list that a question gave.
 * `secret`: a code word, say; it never enters state, log, or entry.
 */
export const Slot = z
  .discriminatedUnion('type', [
    z.object({
      type: z.literal('amount'),
      minKopecks: z.number().int().min(0),
      maxKopecks: z.number().int().min(1),
    }),
    z.object({ type: z.literal('date'), fromDays: z.number().int(), toDays: z.number().int() }),
    z.object({ type: z.literal('phone') }),
    z.object({ type: z.literal('yes-no') }),
    z.object({ type: z.literal('digits'), length: z.number().int().min(1).max(20) }),
    z.object({
      type: z.literal('text'),
      minLength: z.number().int().min(1),
      maxLength: z.number().int().max(2000),
    }),
    z.object({ type: z.literal('item'), list: Name }),
    z.object({ type: z.literal('secret'), maxLength: z.number().int().max(100) }),
  ])
  .meta({ id: 'FlowSlot' })
export type Slot = z.infer<typeof Slot>

/** What can be asked of the operator's edge: which trust it wants (see the glossary), which facts and lists it gives. */
export const QUESTIONS = {
  line: {
    trust: 2,
    facts: [
      'balance',
      'balanceKopecks',
      'left',
      'dataUsedUp',
      'tariff',
      'nextCharge',
      'lineState',
      'contentBanned',
      'promised',
    ],
    lists: [],
  },
  subscriptions: {
    trust: 3,
    facts: ['subscriptionCount', 'subscriptionNames', 'contentBanned'],
    lists: ['subscriptions'],
  },
  options: {
    trust: 3,
    facts: ['optionCount', 'optionNames', 'roamingCount', 'tariff'],
    lists: ['options', 'availableOptions', 'roamingOptions'],
  },
  tariffs: { trust: 3, facts: ['tariff', 'tariffCount', 'tariffNames'], lists: ['tariffs'] },
  charges: { trust: 4, facts: ['spent', 'charges', 'lastCharges'], lists: [] },
} as const satisfies Record<string, { trust: 2 | 3 | 4; facts: readonly string[]; lists: readonly string[] }>
export const QuestionName = z.enum(['line', 'subscriptions', 'options', 'tariffs', 'charges'])
export type QuestionName = z.infer<typeof QuestionName>

/** What is always known, before anything is asked. */
export const FIRST_FACTS = [
  'channel',
  'signedIn',
  'trust',
  'hour',
  'topic',
  'reason',
  'topUpLink',
  'marketLink',
] as const

/** Orders that the assistant may give: those that somebody else may give in the person's name. */
export const FLOW_ORDERS = [
  'connect-option',
  'disconnect-option',
  'stop-content',
  'stop-all-content',
  'ban-content',
  'change-tariff',
  'promised-payment',
  'block-line',
  'unblock-line',
  'send-settings',
] as const satisfies readonly OrderRequest['kind'][]

/** An order with its parts; a part that is wholly `{slot}` is that slot's value. */
export const OrderTemplate = z.looseObject({ kind: z.enum(FLOW_ORDERS) }).meta({ id: 'FlowOrder' })
export type OrderTemplate = z.infer<typeof OrderTemplate>

const Comparison = z.object({
  fact: Name,
  is: z.union([z.string(), z.number(), z.boolean()]).optional(),
  atLeast: z.number().optional(),
  below: z.number().optional(),
  next: NodeId,
})

const Done = z.literal(true).optional().describe('whoever comes here has got what they wanted')

/** A step of a dialog. */
export const FlowNode = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('say'), words: FlowWords, next: NodeId, done: Done }),
    z.object({
      kind: z.literal('menu'),
      words: FlowWords,
      choices: z
        .array(z.object({ title: FlowWords, next: NodeId }))
        .min(1)
        .max(9),
      done: Done,
    }),
    z.object({
      kind: z.literal('ask'),
      words: FlowWords,
      slot: Name,
      again: FlowWords.describe('said when the answer is not right'),
      next: NodeId,
    }),
    z.object({
      kind: z.literal('do'),
      ask: QuestionName.optional(),
      order: OrderTemplate.optional(),
      lostSim: z
        .object({ number: Name, word: Name })
        .optional()
        .describe('block a lost SIM by its code word'),
      done: NodeId,
      declined: NodeId.optional().describe('the person did not confirm, or could not show who they are'),
      refused: NodeId.describe('it cannot be done; `{reason}` says why'),
      failed: NodeId.describe('the system is away, or nobody knows what became of it'),
    }),
    z.object({ kind: z.literal('when'), cases: z.array(Comparison).min(1).max(12), otherwise: NodeId }),
    z.object({ kind: z.literal('go'), flow: FlowKey }).describe('on in another flow'),
    z.object({
      kind: z.literal('hand-over'),
      words: FlowWords,
      queue: z.string().max(60),
      skill: z.string().max(60).nullable(),
      urgent: z.boolean().default(false),
    }),
    z.object({
      kind: z.literal('call-back'),
      words: FlowWords,
      at: Name.describe('a slot with a date'),
      next: NodeId,
    }),
    z.object({ kind: z.literal('move-to'), channel: ChannelKind, words: FlowWords, next: NodeId }),
    z.object({
      kind: z.literal('end'),
      words: FlowWords,
      done: z.boolean().describe('what was wanted is done'),
    }),
  ])
  .meta({ id: 'FlowNode' })
export type FlowNode = z.infer<typeof FlowNode>

/** One dialog as data. */
export const Flow = z
  .object({
    title: FlowWords,
    intents: z.array(IntentKey).max(60).describe('keys of what people want that begin it'),
    start: NodeId,
    slots: z.record(Name, Slot),
    nodes: z
      .record(NodeId, FlowNode)
      .refine((nodes) => Object.keys(nodes).length <= 200, 'at most 200 nodes'),
  })
  .meta({ id: 'Flow' })
export type Flow = z.infer<typeof Flow>

/** What keeps a flow from being published, and where. */
export const FlowProblem = z
  .object({
    node: NodeId.nullable().describe('null: the flow as a whole'),
    problem: z.enum([
      'unknown-node',
      'unknown-flow',
      'unknown-slot',
      'unknown-fact',
      'unknown-list',
      'unknown-order',
      'unreachable',
      'dead-end',
      'endless-loop',
      'missing-language',
      'not-speakable',
      'slot-range',
      'slot-kind',
      'no-act',
      'intent-taken',
    ]),
    about: z.string().nullable(),
  })
  .meta({ id: 'FlowProblem' })
export type FlowProblem = z.infer<typeof FlowProblem>
