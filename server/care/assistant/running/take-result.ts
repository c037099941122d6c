import type { Executor } from '../../../platform/database/index.ts'
import { found } from '../../../platform/refusal.ts'
import { takePartKnowing } from '../../timeline/index.ts'
import { type Input, step } from '../engine/index.ts'
import { findDialog, logTurns } from './dialog-store.ts'
import { leaveDialog } from './leave-dialog.ts'
import type { Done } from './perform-act.ts'
import type { AssistantRoom } from './room.ts'
import { settle } from './settle.ts'
import { type Claim, type Handed, mayAnswer, openTalk, type Pending } from './talk.ts'
import { lockWaiting } from './waiting-store.ts'

/** As in My: for so long a code that was told counts. */
const FRESH_MS = 600_000

/** What came of an act goes on with the dialog, unless somebody else did so meanwhile. Gives whether there may be more, or that people go on. */
export async function takeResult(
  tx: Executor,
  room: AssistantRoom,
  { laneId, lease }: Claim,
  { conversationId, turn }: Pending,
  { result, proved }: Done,
): Promise<boolean | Handed> {
  const ask = (db: Executor) =>
    Promise.all([lockWaiting(db, laneId, lease), findDialog(db, conversationId), room.flows.published(db)])
  const part = await takePartKnowing(tx, room.timeline, laneId, ask)
  const [waiting, stored, published] = part?.known ?? (await ask(tx))
  if (!waiting) return false
  const place = part?.place
  if (!stored?.state || stored.turn !== turn || stored.state.phase !== 'act') return true
  const now = room.clock.now()
  const dialog = proved ? { ...stored, freshUntil: new Date(now.getTime() + FRESH_MS) } : stored
  const flow = found(await room.flows.text(tx, stored.state.flow, stored.state.version), 'flow')
  const input: Input = { kind: 'result', result }
  const taken = step(flow, stored.state, input, now)
  if (!place || place.conversation.id !== conversationId || !mayAnswer(place)) {
    // Somebody of the staff goes on: what was done is kept, and nothing more is said.
    const { state, effect, way } = taken
    await logTurns(tx, [{ conversationId, state, input, effect, way }], now)
    await leaveDialog(tx, { ...dialog, state, turn: state.turn }, 'taken', now)
    return true
  }
  const talk = openTalk(room, place, dialog, published)
  const next = await settle(tx, room, talk, [{ flow, input, taken }], undefined)
  return next && 'handed' in next ? next : true
}
