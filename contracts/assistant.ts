import { z } from 'zod'
import { Button } from './entries.ts'
import { Flow, FlowKey, FlowProblem, NodeId } from './flows.ts'
import { LineState } from './lines.ts'
import { Done, Id, IdParam, Instant, Locale, PageQuery, pageOf, text } from './primitives.ts'
import type { Contract } from './route.ts'

const Version = z.number().int().min(1)
const Count = z.number().int().min(0)
const FlowParams = z.object({ key: FlowKey })
const VersionParams = FlowParams.extend({ version: z.coerce.number().int().min(1) })

export const FlowRow = z
  .object({
    key: FlowKey,
    title: z.object({ ru: z.string(), en: z.string() }),
    version: Version.describe('give it back as `basedOn`'),
    draftVersion: Version.describe('which step made the newest text'),
    publishedVersion: Version.nullable().describe('whose text new dialogs begin on'),
    changedAt: Instant,
    changedBy: z.string(),
  })
  .meta({ id: 'FlowRow' })
export type FlowRow = z.infer<typeof FlowRow>

/** A flow with its newest text and what keeps that from being published. */
export const EditedFlow = FlowRow.extend({
  flow: Flow,
  writtenBy: z
    .object({ id: Id.nullable().describe('null: the house itself'), name: z.string() })
    .describe('whose the newest text is; `changedBy` may have published it alone'),
  problems: z.array(FlowProblem),
}).meta({ id: 'EditedFlow' })
export type EditedFlow = z.infer<typeof EditedFlow>

export const FlowStep = z
  .object({
    version: Version,
    act: z.enum(['drafted', 'published', 'rolled-back']),
    flowVersion: Version.describe('which text it made or put in force'),
    at: Instant,
    by: z.string(),
  })
  .meta({ id: 'FlowStep' })
export type FlowStep = z.infer<typeof FlowStep>

/** What is other in one text than in another. */
export const FlowChange = z
  .object({
    part: z.enum(['title', 'intents', 'start', 'slot', 'node']),
    name: z.string().nullable().describe('of the slot or node'),
    change: z.enum(['added', 'removed', 'changed']),
    before: z.unknown().nullable(),
    after: z.unknown().nullable(),
  })
  .meta({ id: 'FlowChange' })
export type FlowChange = z.infer<typeof FlowChange>

const Titles = z.array(text(80).min(1)).max(10)

/** What somebody does to try a flow: words, a choice by its place, or what would come of what is done. */
const Tried = z.union([
  z.object({ said: text(2000), choice: z.string().max(64).optional() }),
  z.object({ silence: z.literal(true) }).describe('nothing was said for too long; in voice alone'),
  z.object({
    result: z.discriminatedUnion('outcome', [
      z.object({
        outcome: z.literal('facts'),
        facts: z.record(
          z.string(),
          z.union([
            z.string(),
            z.number(),
            z.boolean(),
            z.object({ ru: z.string(), en: z.string() }),
            z.object({ kopecks: z.number().int() }),
          ]),
        ),
        lists: z.record(
          z.string(),
          z
            .array(z.object({ item: z.string(), title: z.object({ ru: z.string(), en: z.string() }) }))
            .max(50),
        ),
      }),
      z.object({
        outcome: z.literal('preview'),
        effects: z.object({ ru: z.string(), en: z.string() }),
        digest: z.string(),
      }),
      z.object({ outcome: z.literal('done') }),
      z.object({ outcome: z.literal('refused'), reason: z.object({ ru: z.string(), en: z.string() }) }),
      z.object({ outcome: z.literal('failed') }),
      z.object({ outcome: z.literal('prove') }),
      z.object({ outcome: z.literal('code-sent'), proofId: z.string() }),
      z.object({ outcome: z.literal('proved'), lineId: z.string().nullable() }),
      z.object({ outcome: z.literal('code-wrong') }),
      z.object({ outcome: z.literal('code-over') }),
    ]),
  }),
])

/** A line that there is not: what is asked of it and done to it while a flow is tried. Titles are said in both languages. */
export const PretendedLine = z
  .object({
    balanceKopecks: z.number().int().min(-100_000_000).max(100_000_000),
    state: LineState,
    left: text(200).describe('what is left of the packages, in words'),
    tariff: text(80),
    spentKopecks: z.number().int().min(0).max(100_000_000),
    subscriptions: Titles,
    options: Titles,
    available: Titles.describe('options that it may have'),
    roaming: Titles.describe('packs for travelling that it may have'),
    tariffs: Titles.describe('tariffs that it may change to'),
    edge: z.enum(['does', 'refuses', 'is-away']).describe('what comes of questions and orders'),
  })
  .meta({ id: 'PretendedLine' })
export type PretendedLine = z.infer<typeof PretendedLine>

/** A moment of a tried dialog: what is said, as a chat and as a telephone would, and what is waited for. */
export const Trial = z
  .object({
    turns: z.array(
      z.object({
        text: z.string(),
        buttons: z.array(Button),
        say: z.string(),
        keys: z.record(z.string(), z.number().int()).describe('key of the phone → place of the choice'),
        secret: z.boolean().describe('what is said next must not be shown'),
        flow: FlowKey.describe('a dialog may go on in another one'),
        node: NodeId.nullable(),
        way: z.array(NodeId).describe('nodes gone through, the newest last'),
        after: z.number().int().describe('how many of the inputs had been heard'),
        meant: z
          .object({ intent: z.string(), verdict: z.enum(['sure', 'half']) })
          .nullable()
          .describe('what free words were taken for'),
        did: z
          .object({ what: z.string(), outcome: z.string() })
          .nullable()
          .describe('what was asked of the pretended line or done to it'),
        waitsFor: z.enum(['words', 'result', 'nothing']),
        effect: z.unknown().nullable(),
      }),
    ),
    path: z.array(z.string()),
    summary: z.object({ ru: z.string(), en: z.string() }).describe('what an agent would be told now'),
  })
  .meta({ id: 'Trial' })
export type Trial = z.infer<typeof Trial>

/** What went through a flow, over all its versions, by the names of its nodes. */
export const FlowTraffic = z
  .object({
    since: Instant,
    countedTo: Instant.nullable().describe('null: nothing is counted yet'),
    steps: z
      .array(
        z.object({
          node: z.string(),
          came: Count.describe('how often somebody came to it'),
          wentOn: Count,
          toPeople: Count.describe('a person went on from there'),
          elsewhere: Count.describe('another flow went on from there'),
          ended: Count,
          stopped: Count.describe(
            'none of these: they fell silent, are still there, or a person took the conversation',
          ),
        }),
      )
      .describe('most visited first'),
    ways: z.array(z.object({ from: z.string(), to: z.string(), times: Count })),
  })
  .meta({ id: 'FlowTraffic' })
export type FlowTraffic = z.infer<typeof FlowTraffic>

const DESIGNERS = ['designer', 'admin'] as const
const BasedOn = z.object({ basedOn: Version })

/** Dialogs of the assistant. Every write says which version it rests on and is refused as `conflict` (`current`) when there is a newer one. */
export const flows = {
  listFlows: {
    method: 'GET',
    path: '/api/v1/flows',
    summary: 'All flows by key (at most 200)',
    access: DESIGNERS,
    idempotency: 'safe',
    response: z.array(FlowRow),
  },
  createFlow: {
    method: 'POST',
    path: '/api/v1/flows',
    summary: 'A new flow, as a draft',
    access: DESIGNERS,
    idempotency: 'key',
    body: z.object({ key: FlowKey, flow: Flow }),
    response: EditedFlow,
    errors: ['conflict', 'invalid_request'],
  },
  getFlow: {
    method: 'GET',
    path: '/api/v1/flows/:key',
    summary: 'A flow with its newest text, and what keeps that from being published',
    access: DESIGNERS,
    idempotency: 'safe',
    params: FlowParams,
    response: EditedFlow,
    errors: ['not_found'],
  },
  saveFlowDraft: {
    method: 'PUT',
    path: '/api/v1/flows/:key/draft',
    summary: 'A new text, however unfinished; dialogs begin on the published one until this one is published',
    access: DESIGNERS,
    idempotency: 'key',
    params: FlowParams,
    body: BasedOn.extend({ flow: Flow }),
    response: EditedFlow,
    errors: ['not_found', 'conflict'],
  },
  publishFlow: {
    method: 'POST',
    path: '/api/v1/flows/:key/publication',
    summary: 'New dialogs begin on the newest text; refused with its problems while it has any',
    access: DESIGNERS,
    idempotency: 'key',
    params: FlowParams,
    body: BasedOn,
    response: EditedFlow,
    errors: ['not_found', 'conflict', 'invalid_request'],
  },
  rollBackFlow: {
    method: 'POST',
    path: '/api/v1/flows/:key/rollback',
    summary: 'New dialogs begin on a text that was published before; drafts stay',
    access: DESIGNERS,
    idempotency: 'key',
    params: FlowParams,
    body: BasedOn.extend({ to: Version }),
    response: EditedFlow,
    errors: ['not_found', 'conflict', 'invalid_request'],
  },
  listFlowHistory: {
    method: 'GET',
    path: '/api/v1/flows/:key/history',
    summary: 'What was done to it, newest first',
    access: DESIGNERS,
    idempotency: 'safe',
    params: FlowParams,
    query: PageQuery,
    response: pageOf(FlowStep),
    errors: ['not_found'],
  },
  getFlowText: {
    method: 'GET',
    path: '/api/v1/flows/:key/versions/:version',
    summary: 'A text as it was drafted in a version',
    access: DESIGNERS,
    idempotency: 'safe',
    params: VersionParams,
    response: Flow,
    errors: ['not_found'],
  },
  compareFlowTexts: {
    method: 'GET',
    path: '/api/v1/flows/:key/versions/:version/changes',
    summary: 'What is other in a text than in an earlier one',
    access: DESIGNERS,
    idempotency: 'safe',
    params: VersionParams,
    query: z.object({ since: z.coerce.number().int().min(1) }),
    response: z.array(FlowChange),
    errors: ['not_found'],
  },
  exportFlow: {
    method: 'GET',
    path: '/api/v1/flows/:key/versions/:version/yaml',
    summary: 'A text as a YAML file',
    access: DESIGNERS,
    idempotency: 'safe',
    params: VersionParams,
    response: z.unknown(),
    raw: 'download',
    errors: ['not_found'],
  },
  importFlow: {
    method: 'PUT',
    path: '/api/v1/flows/:key/yaml',
    summary: 'A draft from a YAML file; `basedOn` null = a flow that there is not yet',
    access: DESIGNERS,
    idempotency: 'key',
    params: FlowParams,
    body: z.object({ basedOn: Version.nullable(), yaml: text(400_000) }),
    response: EditedFlow,
    errors: ['not_found', 'conflict', 'invalid_request'],
  },
  getFlowTraffic: {
    method: 'GET',
    path: '/api/v1/flows/:key/traffic',
    summary: 'How many went which way through it in the days up to now, and where they went no further',
    access: DESIGNERS,
    idempotency: 'safe',
    params: FlowParams,
    query: z.object({ days: z.coerce.number().int().min(1).max(366) }),
    response: FlowTraffic,
    errors: ['not_found'],
  },
  checkFlowText: {
    method: 'POST',
    path: '/api/v1/flows/:key/check',
    summary: 'What keeps a text from being published; nothing is kept of it',
    access: DESIGNERS,
    idempotency: 'natural',
    params: FlowParams,
    body: z.object({ flow: Flow }),
    response: z.array(FlowProblem),
  },
  tryFlow: {
    method: 'POST',
    path: '/api/v1/flows/:key/trial',
    summary:
      'Play a text with given words, on a pretended line or with given results; nothing is done and nothing kept',
    access: DESIGNERS,
    idempotency: 'natural',
    params: FlowParams,
    body: z.object({
      flow: Flow.optional().describe('a text that is not kept yet'),
      version: Version.optional().describe('which text; absent: the newest'),
      locale: Locale,
      trust: z.number().int().min(0).max(4).default(0),
      facts: z
        .object({
          channel: z.string().max(40),
          hour: z.number().int().min(0).max(23),
          topic: z.string().max(60),
        })
        .partial()
        .default({}),
      line: PretendedLine.optional().describe('absent: what comes of acts is given among the inputs'),
      inputs: z.array(Tried).max(100),
    }),
    response: Trial,
    errors: ['not_found'],
  },
} as const satisfies Contract

/** Whether the assistant answers at a door. */
export const AssistantDoor = z
  .object({
    channelAccountId: Id,
    on: z.boolean(),
    changedAt: Instant.nullable().describe('null: nobody has decided'),
    changedBy: z.string().nullable(),
  })
  .meta({ id: 'AssistantDoor' })
export type AssistantDoor = z.infer<typeof AssistantDoor>

/** How the language model does that the assistant may ask. */
export const LanguageModel = z
  .object({
    service: z.string().describe('its host'),
    model: z.string(),
    remote: z.boolean().describe('numbers, names and addresses leave as tokens'),
    asked: z.number().int().describe('since this node began'),
    failed: z.number().int(),
    failedAt: Instant.nullable(),
    reason: z.string().nullable().describe('of the last failure, in a word'),
  })
  .meta({ id: 'LanguageModel' })
export type LanguageModel = z.infer<typeof LanguageModel>

/** Where the assistant works, and whose a conversation is: its or people's. */
export const assistant = {
  listAssistantDoors: {
    method: 'GET',
    path: '/api/v1/assistant/doors',
    summary: 'At which doors the assistant answers',
    access: ['designer', 'supervisor', 'admin'],
    idempotency: 'safe',
    response: z.array(AssistantDoor),
  },
  setAssistantDoor: {
    method: 'PUT',
    path: '/api/v1/assistant/doors/:id',
    summary:
      'Let the assistant answer at a door, or no more; it speaks only where everything may be said (policy `full`)',
    access: ['designer', 'admin'],
    idempotency: 'natural',
    params: IdParam,
    body: z.object({ on: z.boolean() }),
    response: AssistantDoor,
    errors: ['not_found', 'channel_unsupported'],
  },
  getLanguageModel: {
    method: 'GET',
    path: '/api/v1/assistant/language-model',
    summary:
      'How the language model does, on the node that answers; null: there is none, the plain engine speaks alone',
    access: ['designer', 'supervisor', 'admin'],
    idempotency: 'safe',
    response: LanguageModel.nullable(),
  },
  handBackToAssistant: {
    method: 'POST',
    path: '/api/v1/conversations/:id/assistant',
    summary: 'The assistant goes on with a conversation: nobody of the staff has it any more',
    access: ['agent', 'supervisor'],
    idempotency: 'natural',
    params: IdParam,
    response: Done,
    errors: ['not_found', 'need_to_know', 'conversation_resolved', 'channel_unsupported', 'already_claimed'],
  },
} as const satisfies Contract
