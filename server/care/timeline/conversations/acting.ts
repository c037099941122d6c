import type { EntryBody } from '../../../../contracts/entries.ts'
import { announce } from '../../../platform/bus/index.ts'
import { type Executor, one, type RawSql, sql, together } from '../../../platform/database/index.ts'
import type { Service, Staff } from '../../../platform/http/index.ts'
import { found } from '../../../platform/refusal.ts'
import { isQuiet, settleLanes } from '../filing/settle.ts'
import { appendEntry } from '../lanes/append-entry.ts'
import { type Lane, lockLanesOf } from '../lanes/lanes.ts'
import type { OutboundContext } from '../outbound/context.ts'
import { type ConversationRow, lockConversations } from './conversation.ts'

export interface Scene {
  readonly conversation: ConversationRow
  /** Those that it goes on in. Locked; what had arrived on them is filed. */
  readonly lanes: readonly Lane[]
}

/**
 * Begins an act on a conversation: lanes settled and locked, then the conversation locked, in that order. Refuses with `not_found`.
 * @param also a further lane that the act will touch
 */
export async function enterScene(
  tx: Executor,
  context: OutboundContext,
  conversationId: string,
  also: readonly string[] = [],
): Promise<Scene> {
  const { scene } = await enterSceneKnowing(tx, context, conversationId, also, async () => undefined)
  return scene
}

/**
 * The same with what else is to be known for the act.
 * @param ask sends its statements in the trip that takes the locks, behind them, without waiting for any answer in between
 */
export async function enterSceneKnowing<T>(
  tx: Executor,
  context: OutboundContext,
  conversationId: string,
  also: readonly string[],
  ask: (flight: Executor) => Promise<T>,
): Promise<{ readonly scene: Scene; readonly known: T }> {
  const [locked, conversations, known] = await together(tx, (flight) => [
    lockLanesOf(flight, [conversationId], also),
    lockConversations(flight, [conversationId]),
    ask(flight),
  ])
  const sceneOf = (lanes: readonly Lane[], [conversation]: readonly ConversationRow[]): Scene => ({
    conversation: found(conversation, 'conversation'),
    lanes: lanes.filter((lane) => lane.conversationId === conversationId),
  })
  if (locked.every(isQuiet)) return { scene: sceneOf(locked, conversations), known }
  const lanes = await settleLanes(tx, context, locked, [conversationId], also)
  return { scene: sceneOf(lanes, await lockConversations(tx, [conversationId])), known }
}

/** Changes columns of a conversation, counts its version up and tells the screens. Gives the new version. */
export async function changeConversation(
  tx: Executor,
  context: OutboundContext,
  id: string,
  assignments: RawSql,
): Promise<number> {
  const { version } = await one(
    tx,
    sql<{
      version: number
    }>`update timeline.conversation set ${assignments}, version = version + 1 where id = ${id} returning version`,
  )
  announce(tx, context.bus, { type: 'conversation', conversationId: id, version })
  announce(tx, context.bus, { type: 'inbox' })
  return version
}

/** Leaves a mark on the conversation's lane: what was done, by whom. Another system is the house's guest, named in the facts. */
export async function leaveMark(
  tx: Executor,
  context: OutboundContext,
  conversation: ConversationRow,
  by: Staff | Service | null,
  mark: string,
  facts: Record<string, unknown>,
): Promise<void> {
  const guest = by?.kind === 'service' ? { by: by.name } : {}
  const body: EntryBody = {
    type: 'mark',
    mark,
    facts: { conversationId: conversation.id, ...facts, ...guest },
  }
  const entry = await appendEntry(tx, context.clock, {
    laneId: conversation.laneId,
    direction: 'internal',
    author: by?.kind === 'agent' ? { kind: 'agent', id: by.id } : { kind: 'system', id: null },
    body,
  })
  announce(tx, context.bus, { type: 'entries', lanes: [{ laneId: conversation.laneId, seq: entry.seq }] })
}

/** Tells other systems who has a conversation now; null = nobody. */
export async function tellAssigned(
  tx: Executor,
  { outside }: OutboundContext,
  { id, laneId }: ConversationRow,
  agentId: string | null,
): Promise<void> {
  await outside.tell(tx, [{ event: 'conversation.assigned', laneId, conversationId: id, ids: { agentId } }])
}
