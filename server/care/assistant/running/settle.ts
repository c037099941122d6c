import type { Executor } from '../../../platform/database/index.ts'
import { found } from '../../../platform/refusal.ts'
import { leaveToPeople, speak } from '../../timeline/index.ts'
import { type DialogState, type Output, renderChat, type Step, summarise } from '../engine/index.ts'
import { followStarts } from './begin-flow.ts'
import {
  type DialogStatus,
  keepDialog,
  type LoggedTurn,
  logTurns,
  type StoredDialog,
} from './dialog-store.ts'
import { leaveDialog } from './leave-dialog.ts'
import { noteVisit } from './note-visit.ts'
import { noteOfCall, promiseCall } from './promise-call.ts'
import type { AssistantRoom } from './room.ts'
import { type Handed, nameOf, type Pending, pendingOf, type Taken, type Talk } from './talk.ts'

/** Says and keeps what steps came to, and follows where they lead. Gives what is to be done next, or that people go on, if either is so. */
export async function settle(
  tx: Executor,
  room: AssistantRoom,
  talk: Talk,
  steps: readonly Taken[],
  secret: string | undefined,
): Promise<Pending | Handed | undefined> {
  const all = await followStarts(tx, room, talk, steps)
  const last = found(all.at(-1), 'step')
  const { state, effect } = last.taken
  const { conversation, laneId, door } = talk.place
  const conversationId = conversation.id
  const now = room.clock.now()
  const moved = all.filter(
    ({ taken }, at) => taken.state.turn > (all[at - 1]?.taken.state.turn ?? talk.before?.turn ?? 0),
  )
  await logTurns(
    tx,
    moved.map(
      ({ input, taken, advised }): LoggedTurn => ({
        conversationId,
        state: taken.state,
        input,
        effect: taken.effect,
        way: taken.way,
        engine: advised ? 'model' : 'flow',
      }),
    ),
    now,
  )
  const outputs = all.flatMap(({ taken, answer }): readonly Output[] =>
    answer === undefined ? taken.outputs : [{ text: answer, choices: [], secret: false }, ...taken.outputs],
  )
  const said = renderChat(state, outputs, door.adapter.capabilities)
  if (said)
    await speak(tx, room.timeline, talk.place, { id: nameOf(conversationId, 'say', state.turn), ...said })
  if (effect?.kind === 'hand-over') {
    const { queue, skill, urgent, why } = effect
    const note = summarise(last.flow, state, why)
    await leaveToPeople(tx, room.timeline, talk.place, { note, facts: { queue, skill, urgent, why } })
  }
  if (effect?.kind === 'call-back') {
    const callBack = await promiseCall(tx, effect, laneId)
    const note = noteOfCall(summarise(last.flow, state, 'flow'), effect)
    await leaveToPeople(tx, room.timeline, talk.place, { note, facts: { callBack: effect.day }, callBack })
  }
  const status = statusOf(last.taken)
  const visitId = await noteVisit(tx, room, talk, { steps: all, status, now })
  const dialog: StoredDialog = {
    conversationId,
    laneId,
    status,
    state,
    turn: state.turn,
    freshUntil: talk.before?.freshUntil ?? null,
    visitId,
  }
  await keepDialog(tx, dialog, now)
  if (status === 'people') return { handed: conversationId }
  return effect?.kind === 'act' ? pendingOf(dialog, state, secret) : undefined
}

function statusOf({ state, effect }: Step): DialogStatus {
  if (effect?.kind === 'hand-over' || effect?.kind === 'call-back') return 'people'
  return state.phase === 'over' ? 'over' : 'talking'
}

/** The flow on which it is, is gone: people go on. */
export async function giveUp(
  tx: Executor,
  room: AssistantRoom,
  { place, before }: Talk,
  state: DialogState,
): Promise<undefined> {
  const note = {
    ru: 'Передано помощником: сценарий, по которому шёл разговор, недоступен.',
    en: 'Handed over by the assistant: the flow that the talk ran on is gone.',
  }
  await leaveToPeople(tx, room.timeline, place, { note, facts: { why: 'failed', flow: state.flow } })
  if (before) await leaveDialog(tx, before, 'failed', room.clock.now())
}
