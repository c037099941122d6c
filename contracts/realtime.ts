import { z } from 'zod'
import { TrafficType } from './amounts.ts'
import { ChatMessage } from './chat.ts'
import { Delivery, Entry, HeldMessage } from './entries.ts'
import { MarketBook } from './market.ts'
import { MyEntry } from './my.ts'
import { Id } from './primitives.ts'

/**
 * `/realtime`: one WebSocket, JSON text frames. Staff are known by their session cookie, visitors say `hello` first; My asks for
 * `/realtime?as=my` and is known by its own cookie.
 * Notices may get lost; lanes never: the client watches from a seq, gaps are visible, and `beat` tells the newest seq
 * of every watched lane so that a lost last notice is noticed too.
 */
export const ClientFrame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), token: z.string().max(200), after: z.number().int().min(0) }),
  z.object({
    type: z.literal('watch'),
    conversationId: Id,
    laneSeqs: z.record(Id, z.number().int().min(0)).describe('what the client already has'),
  }),
  z.object({ type: z.literal('unwatch'), conversationId: Id }),
  z.object({ type: z.literal('inbox'), on: z.boolean() }),
  z.object({ type: z.literal('typing'), conversationId: Id.optional() }),
  z
    .object({
      type: z.literal('my-watch'),
      laneSeqs: z.record(Id, z.number().int().min(0)).describe('what My already has, as its timeline said'),
    })
    .describe('My: tell me everything after these, then whatever comes'),
  z
    .object({
      type: z.literal('market-watch'),
      book: z
        .object({ type: TrafficType, units: z.number().int().min(1).max(100_000).nullable() })
        .nullable()
        .describe('null = no more'),
    })
    .describe('the first page of the book whenever it changes, beginning now'),
  z.object({ type: z.literal('ping') }),
])
export type ClientFrame = z.infer<typeof ClientFrame>

export const ServerFrame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), serverTime: z.string() }),
  z.object({ type: z.literal('entries'), entries: z.array(Entry) }),
  z.object({ type: z.literal('delivery'), laneId: Id, seq: z.number().int(), delivery: Delivery }),
  z.object({ type: z.literal('held'), conversationId: Id, held: z.array(HeldMessage) }),
  z
    .object({ type: z.literal('read'), laneId: Id, seq: z.number().int() })
    .describe('the person read us up to here'),
  z
    .object({ type: z.literal('conversation'), conversationId: Id, version: z.number().int() })
    .describe('refetch it'),
  z.object({ type: z.literal('inbox') }).describe('refetch the visible page and the counters'),
  z
    .object({ type: z.literal('approvals') })
    .describe(
      'orders that wait for a second pair of eyes came or went: refetch them; to those who may decide',
    ),
  z.object({
    type: z.literal('typing'),
    conversationId: Id,
    by: z.object({ kind: z.enum(['subscriber', 'agent']), id: Id.nullable(), name: z.string().nullable() }),
  }),
  z.object({
    type: z.literal('viewers'),
    conversationId: Id,
    agents: z.array(z.object({ id: Id, name: z.string() })),
  }),
  z.object({ type: z.literal('beat'), laneSeqs: z.record(Id, z.number().int()) }),
  z
    .object({ type: z.literal('resync'), conversationId: Id })
    .describe('too far behind, or the lanes changed: refetch'),
  z.object({ type: z.literal('chat'), messages: z.array(ChatMessage), lastSeq: z.number().int() }),
  z.object({ type: z.literal('chat-typing'), name: z.string().nullable() }),
  z.object({ type: z.literal('chat-read'), seq: z.number().int() }).describe('an agent has read up to here'),
  z.object({ type: z.literal('line'), lineId: Id }).describe('something about a line changed: look again'),
  z
    .object({
      type: z.literal('my-entries'),
      entries: z.array(MyEntry),
      laneSeqs: z.record(Id, z.number().int()).describe('told up to here: resume from these'),
    })
    .describe('an edit comes as its message again, under the old seq; an order likewise'),
  z.object({ type: z.literal('my-line'), lineId: Id }).describe('a line of the person changed: look again'),
  z
    .object({ type: z.literal('market-book'), book: MarketBook })
    .describe('the first page of the book that is watched, as it stands now'),
  z
    .object({ type: z.literal('my-resync') })
    .describe('too far behind, or other lanes and lines are the person’s now: read story and session again'),
  z
    .object({ type: z.literal('service'), available: z.boolean() })
    .describe(
      'whether the service can do its work: its database is away, its disk is full, or they are back',
    ),
  z.object({ type: z.literal('ended'), reason: z.enum(['session', 'locked', 'erased', 'shutdown']) }),
  z.object({ type: z.literal('pong') }),
])
export type ServerFrame = z.infer<typeof ServerFrame>
