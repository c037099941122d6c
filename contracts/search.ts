import { z } from 'zod'
import { ChannelKind } from './channels.ts'
import { Id, Instant, PageQuery, pageOf, Seq, text } from './primitives.ts'
import type { Contract } from './route.ts'

export const SearchHit = z
  .object({
    conversationId: Id.nullable(),
    laneId: Id,
    seq: Seq,
    channel: ChannelKind,
    name: z.string(),
    at: Instant,
    by: z.enum(['subscriber', 'agent', 'assistant', 'system']),
    excerpt: z.array(z.object({ text: z.string(), hit: z.boolean() })),
  })
  .meta({ id: 'SearchHit' })

export const search = {
  searchEntries: {
    method: 'GET',
    path: '/api/v1/search',
    summary: 'Full text, Russian and English, over what the searcher may see; newest first',
    access: ['agent', 'supervisor'],
    idempotency: 'safe',
    query: PageQuery.extend({ q: text(200).min(2) }),
    response: pageOf(SearchHit).extend({
      lagMs: z.number().int().describe('age of the oldest entry not yet indexed'),
    }),
    errors: ['rate_limited'],
  },
} as const satisfies Contract
