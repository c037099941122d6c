import { z } from 'zod'
import type { TimelineNotice } from './notices.ts'

/** Lanes that one notice to other nodes names. */
const LANES = 100

const Laned = z.object({ laneId: z.string(), seq: z.number(), changed: z.boolean().optional() })
const Shared = z.discriminatedUnion('type', [
  z.object({ type: z.literal('entries'), lanes: z.array(Laned) }),
  z.object({
    type: z.literal('delivery'),
    laneId: z.string(),
    messageId: z.string(),
    conversationId: z.string(),
  }),
  z.object({ type: z.literal('held'), conversationId: z.string() }),
  z.object({ type: z.literal('conversation'), conversationId: z.string(), version: z.number() }),
  z.object({ type: z.literal('inbox') }),
  z.object({ type: z.literal('read-by-person'), laneId: z.string(), seq: z.number() }),
  z.object({ type: z.literal('read-by-agent'), laneId: z.string(), seq: z.number() }),
  z.object({ type: z.literal('person'), contactPointIds: z.array(z.string()) }),
  z.object({
    type: z.literal('typing'),
    conversationId: z.string(),
    by: z.object({
      kind: z.enum(['subscriber', 'agent']),
      id: z.string().nullable(),
      name: z.string().nullable(),
    }),
  }),
  z.object({ type: z.literal('person-typing'), laneId: z.string() }),
  z.object({ type: z.literal('agent-typing'), laneId: z.string() }),
  z.object({ type: z.literal('approvals') }),
  z.object({ type: z.literal('line'), lineIds: z.array(z.string()) }),
  z.object({
    type: z.literal('book'),
    sizes: z.array(z.object({ type: z.enum(['data', 'voice', 'sms']), units: z.number() })),
  }),
])

/** A notice as other nodes get it: in pieces, without the entries themselves. */
export function outward(notice: TimelineNotice): TimelineNotice[] {
  if (notice.type === 'line') return inPieces(notice.lineIds).map((lineIds) => ({ type: 'line', lineIds }))
  if (notice.type === 'book') return inPieces(notice.sizes).map((sizes) => ({ type: 'book', sizes }))
  if (notice.type !== 'entries') return [notice]
  const lanes = notice.lanes.map(({ laneId, seq, changed }) => ({ laneId, seq, ...(changed && { changed }) }))
  return inPieces(lanes).map((piece) => ({ type: 'entries', lanes: piece }))
}

const inPieces = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / LANES) }, (_, piece) =>
    all.slice(piece * LANES, (piece + 1) * LANES),
  )

/** A notice of another node, which may be of another version: what is not understood is left out. */
export function inward(value: unknown): TimelineNotice | undefined {
  return Shared.safeParse(value).data
}
