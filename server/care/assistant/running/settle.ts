import { type Executor, together } from '../../../platform/database/index.ts'
import { found } from '../../../platform/refusal.ts'
import { keepCallBack, leaveToPeople, speak } from '../../timeline/index.ts'
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
import { noteVisit, visitOf } from './note-visit.ts'
import { noteOfCall, promiseCall } from './promise-call.ts'
import type { AssistantRoom } from './room.ts'
import { type Handed, nameOf, type Pending, pendingOf, type Taken, type Talk } from './talk.ts'

/** A turn: the steps that were taken, to where they lead, what the dialog is after them, and what is to be done next. */
export interface Turn {
  readonly steps: readonly Taken[]
  readonly dialog: StoredDialog & { readonly state: DialogState; readonly visitId: string }
  readonly next: Pending | Handed | undefined
  readonly at: Date
}

/** Says and keeps what steps came to, and follows where they lead. Gives what is to be done next, or that people go on, if either is so. */
export async function settle(
  tx: Executor,
  room: AssistantRoom,
  talk: Talk,
  steps: readonly Taken[],
  secret: string | undefined,
): Promise<Pending | Handed | undefined> {
  const turn = await followSteps(tx, room, talk, steps, secret)
  await keepTurn(tx, room, talk, turn)
  return turn.next
}

/** Follows steps where they lead. Nothing is said and nothing kept yet. */
export async function followSteps(
  tx: Executor,
  room: AssistantRoom,
  talk: Talk,
  steps: readonly Taken[],
  secret: string | undefined,
): Promise<Turn> {
  const all = await followStarts(tx, room, talk, steps)
  const { state, effect } = found(all.at(-1), 'step').taken
  const { place, before } = talk
  const conversationId = place.conversation.id
  const at = room.clock.now()
  const status = statusOf({ state, effect })
  const dialog = {
    conversationId,
    laneId: place.laneId,
    status,
    state,
    turn: state.turn,
    freshUntil: before?.freshUntil ?? null,
    visitId: visitOf(room, before, at),
  }
  const pending = effect?.kind === 'act' ? pendingOf(dialog, state, secret) : undefined
  return { steps: all, dialog, next: status === 'people' ? { handed: conversationId } : pending, at }
}

/** Says what a turn says and keeps it: its log, the dialog, its visit. None of them needs another's answer, so that they travel together. */
export async function keepTurn(tx: Executor, room: AssistantRoom, talk: Talk, turn: Turn): Promise<void> {
  const { steps, dialog, at } = turn
  await together(tx, (flight) => [
    logTurns(flight, logOf(talk, turn), at),
    keepDialog(flight, dialog, at),
    noteVisit(flight, talk, { id: dialog.visitId, steps, status: dialog.status, now: at }),
    tellTurn(flight, room, talk, turn),
  ])
}

/** What people hear of a turn: its words, and then the note for whoever goes on. */
async function tellTurn(
  tx: Executor,
  room: AssistantRoom,
  { place }: Talk,
  { steps, dialog: { conversationId, state } }: Turn,
): Promise<void> {
  const { flow, taken } = found(steps.at(-1), 'step')
  const { effect } = taken
  const said = renderChat(state, outputsOf(steps), place.door.adapter.capabilities)
  if (said) await speak(tx, room.timeline, place, { id: nameOf(conversationId, 'say', state.turn), ...said })
  if (effect?.kind === 'hand-over') {
    const { queue, skill, urgent, why } = effect
    const note = summarise(flow, state, why)
    await leaveToPeople(tx, room.timeline, place, { note, facts: { queue, skill, urgent, why } })
  }
  if (effect?.kind === 'call-back') {
    const callBack = await promiseCall(tx, effect, place.laneId)
    const note = noteOfCall(summarise(flow, state, 'call-back'), effect)
    await leaveToPeople(tx, room.timeline, place, { note, facts: { callBack: effect.day }, callBack })
  }
  const leaves = effect?.kind === 'hand-over' || effect?.kind === 'call-back'
  if (!leaves && place.conversation.callBackAt !== null) await keepCallBack(tx, room.timeline, place)
}

const outputsOf = (steps: readonly Taken[]): Output[] =>
  steps.flatMap(({ taken, answer }): readonly Output[] =>
    answer === undefined ? taken.outputs : [{ text: answer, choices: [], secret: false }, ...taken.outputs],
  )

/** Steps in which the dialog moved. */
function logOf({ before }: Talk, { steps, dialog: { conversationId } }: Turn): LoggedTurn[] {
  return steps
    .filter(({ taken }, at) => taken.state.turn > (steps[at - 1]?.taken.state.turn ?? before?.turn ?? 0))
    .map(({ input, taken: { state, effect, way }, advised }) => {
      const engine = advised ? 'model' : 'flow'
      return { conversationId, state, input, effect, way, engine }
    })
}

function statusOf({ state, effect }: Pick<Step, 'state' | 'effect'>): DialogStatus {
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
