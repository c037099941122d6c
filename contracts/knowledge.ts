import { z } from 'zod'
import { Done, Id, IdParam, Instant, text } from './primitives.ts'
import type { Contract } from './route.ts'

/** A node of the topic tree; `key` is stable across versions, titles may change. */
export const Topic = z
  .object({
    id: Id,
    parentId: Id.nullable(),
    key: z.string(),
    title: z.object({ ru: z.string(), en: z.string() }),
    position: z.number().int(),
    retired: z.boolean(),
  })
  .meta({ id: 'Topic' })
export type Topic = z.infer<typeof Topic>

const TopicDraft = z.object({
  id: Id,
  parentId: Id.nullable(),
  key: z.string().regex(/^[a-z0-9-]{1,60}$/),
  title: z.object({ ru: text(80).min(1), en: text(80).min(1) }),
})

export const TopicTree = z
  .object({
    version: z.number().int(),
    publishedAt: Instant,
    publishedBy: z.string(),
    topics: z.array(Topic),
  })
  .meta({ id: 'TopicTree' })

export const topics = {
  getTopicTree: {
    method: 'GET',
    path: '/api/v1/topics',
    summary: 'The topic tree now in force',
    access: ['staff', 'service:read'],
    idempotency: 'safe',
    response: TopicTree,
  },
  publishTopicTree: {
    method: 'PUT',
    path: '/api/v1/topics',
    summary: 'Publish a new version; topics left out are retired, never deleted',
    access: ['designer', 'admin'],
    idempotency: 'natural',
    body: z.object({ basedOn: z.number().int(), topics: z.array(TopicDraft).min(1).max(500) }),
    response: TopicTree,
    errors: ['conflict', 'invalid_request'],
  },
} as const satisfies Contract

/** A prepared answer. `{{name}}`, `{{agent}}`, `{{number}}` are filled in by the composer. */
export const Macro = z
  .object({
    id: Id,
    title: z.string(),
    text: z.string(),
    shared: z.boolean(),
    mine: z.boolean(),
    uses: z.number().int(),
    updatedAt: Instant,
  })
  .meta({ id: 'Macro' })
const MacroBody = z.object({ title: text(80).min(1), text: text(8000).min(1), shared: z.boolean() })

export const macros = {
  listMacros: {
    method: 'GET',
    path: '/api/v1/macros',
    summary: 'Shared macros and my own, most used first (at most 500)',
    access: ['agent', 'supervisor', 'designer'],
    idempotency: 'safe',
    response: z.array(Macro),
  },
  createMacro: {
    method: 'POST',
    path: '/api/v1/macros',
    summary: 'Add a macro (shared ones: supervisors and designers)',
    access: ['agent', 'supervisor', 'designer'],
    idempotency: 'key',
    body: MacroBody,
    response: Macro,
    errors: ['forbidden'],
  },
  changeMacro: {
    method: 'PATCH',
    path: '/api/v1/macros/:id',
    summary: 'Change a macro',
    access: ['agent', 'supervisor', 'designer'],
    idempotency: 'natural',
    params: IdParam,
    body: MacroBody.partial(),
    response: Macro,
    errors: ['not_found', 'forbidden'],
  },
  deleteMacro: {
    method: 'DELETE',
    path: '/api/v1/macros/:id',
    summary: 'Remove a macro',
    access: ['agent', 'supervisor', 'designer'],
    idempotency: 'natural',
    params: IdParam,
    response: Done,
    errors: ['not_found', 'forbidden'],
  },
  countMacroUse: {
    method: 'POST',
    path: '/api/v1/macros/:id/uses',
    summary: 'It was used once more',
    access: ['agent', 'supervisor', 'designer'],
    idempotency: 'natural',
    params: IdParam,
    response: Done,
    errors: ['not_found'],
  },
} as const satisfies Contract
