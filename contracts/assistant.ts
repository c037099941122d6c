import { z } from 'zod'
import { Button } from './entries.ts'
import { Flow, FlowKey, FlowProblem, NodeId } from './flows.ts'
import { Done, Id, IdParam, Instant, Locale, PageQuery, pageOf, text } from './primitives.ts'
import type { Contract } from './route.ts'

const Version = z.number().int().min(1)
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
export const EditedFlow = FlowRow.extend({ flow: Flow, problems: z.array(FlowProblem) }).meta({
  id: 'EditedFlow',
})
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

/** What somebody does to try a flow: words, a choice by its place, or what would come of what is done. */
const Tried = z.union([
  z.object({ said: text(2000), choice: z.string().max(64).optional() }),
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

/** A moment of a tried dialog: what is said, as a chat and as a telephone would, and what is waited for. */
export const Trial = z
  .object({
    turns: z.array(
      z.object({
        text: z.string(),
        buttons: z.array(Button),
        say: z.string(),
        keys: z.record(z.string(), z.number().int()).describe('key of the phone → place of the choice'),
        node: NodeId.nullable(),
        waitsFor: z.enum(['words', 'result', 'nothing']),
        effect: z.unknown().nullable(),
      }),
    ),
    path: z.array(z.string()),
    summary: z.string().describe('what an agent would be told now'),
  })
  .meta({ id: 'Trial' })
export type Trial = z.infer<typeof Trial>

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
  tryFlow: {
    method: 'POST',
    path: '/api/v1/flows/:key/trial',
    summary: 'Play a text with given words and results; nothing is done and nothing kept',
    access: DESIGNERS,
    idempotency: 'natural',
    params: FlowParams,
    body: z.object({
      version: Version.optional().describe('which text; absent: the newest'),
      locale: Locale,
      trust: z.number().int().min(0).max(4).default(0),
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
