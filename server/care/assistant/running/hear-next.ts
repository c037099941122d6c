import type { Executor } from '../../../platform/database/index.ts'
import { concealWord, readWords, takePart, type Word } from '../../timeline/index.ts'
import { type DialogState, type Input, isSecret, listen, type Meaning, step } from '../engine/index.ts'
import { keepUnanswered } from '../understanding/index.ts'
import { beginFlow, MAIN } from './begin-flow.ts'
import { findDialog, keepDialog } from './dialog-store.ts'
import { findFlowOf } from './find-flow.ts'
import type { AssistantRoom } from './room.ts'
import { giveUp, settle } from './settle.ts'
import { type Claim, mayAnswer, openTalk, type Pending, pendingOf, type Talk } from './talk.ts'
import { dropWaiting, lockWaiting, markHeardTo } from './waiting-store.ts'

const WANTED_MAX = 300

/** Hears the next word, or finds what was begun and not finished. */
export async function hearNext(
  tx: Executor,
  room: AssistantRoom,
  { laneId, lease }: Claim,
): Promise<Pending | 'heard' | 'nothing'> {
  const place = await takePart(tx, room.timeline, laneId)
  const waiting = await lockWaiting(tx, laneId, lease)
  if (!waiting) return 'nothing'
  const leave = async () => {
    await dropWaiting(tx, laneId)
    return 'nothing' as const
  }
  if (!place) return leave()
  const dialog = await findDialog(tx, place.conversation.id)
  if (!mayAnswer(place) || dialog?.status === 'people') {
    if (dialog && dialog.status !== 'people')
      await keepDialog(tx, { ...dialog, status: 'people' }, room.clock.now())
    return leave()
  }
  if (dialog?.status === 'talking' && dialog.state?.phase === 'act')
    return pendingOf(dialog, dialog.state, undefined) ?? leave()
  const [word] = await readWords(tx, laneId, { from: waiting.fromSeq, to: waiting.toSeq })
  if (!word) return leave()
  await markHeardTo(tx, laneId, word.seq)
  const talk = await openTalk(tx, room, place, dialog)
  return (await hearWord(tx, room, talk, word)) ?? 'heard'
}

async function hearWord(
  tx: Executor,
  room: AssistantRoom,
  talk: Talk,
  word: Word,
): Promise<Pending | undefined> {
  const { before } = talk
  const text = word.body?.text ?? ''
  const choice = word.body?.choice ?? null
  const now = room.clock.now()
  if (before?.status !== 'talking' || before.state === null)
    return beginTalk(tx, room, talk, { text, choice })
  const { state } = before
  const flow = await findFlowOf(tx, state)
  if (!flow) return giveUp(tx, room, talk, state)
  const secret = isSecret(flow, state)
  const input = listen(flow, state, { text, choice }, talk.ears, now)
  // An emergency is no secret, and somebody must be able to read it.
  const conceals = secret && input.kind === 'said' && input.command === null
  if (conceals) await concealWord(tx, room.timeline, talk.place.laneId, word)
  await keepPuzzle(tx, room, state, input)
  return settle(
    tx,
    room,
    talk,
    [{ flow, input, taken: step(flow, state, input, now) }],
    conceals ? text : undefined,
  )
}

/** The first word: said to the main menu at once, which is shown only where the word means nothing yet. */
async function beginTalk(
  tx: Executor,
  room: AssistantRoom,
  talk: Talk,
  heard: { readonly text: string; readonly choice: string | null },
): Promise<Pending | undefined> {
  const begun = await beginFlow(tx, room, talk, MAIN, {
    wanted: heard.text.slice(0, WANTED_MAX),
    turn: talk.before?.turn ?? 0,
  })
  if (!begun) return undefined
  const now = room.clock.now()
  const { flow, taken } = begun
  const input = listen(flow, taken.state, heard, talk.ears, now)
  await keepPuzzle(tx, room, taken.state, input)
  const means =
    input.kind === 'said' && (input.chosen !== null || isElsewhere(input.meant) || isUrgent(input.command))
  if (!means) return settle(tx, room, talk, [begun], undefined)
  const silent = { ...begun, taken: { ...taken, outputs: [] } }
  return settle(
    tx,
    room,
    talk,
    [silent, { flow, input, taken: step(flow, taken.state, input, now) }],
    undefined,
  )
}

/** Free words of which nothing was made are kept for who teaches the assistant, without who said them. */
async function keepPuzzle(
  tx: Executor,
  { clock, understanding }: AssistantRoom,
  { locale }: DialogState,
  input: Input,
): Promise<void> {
  if (input.kind !== 'said' || input.text === null || input.chosen !== null || input.command !== null) return
  if (input.meant !== null || input.value !== undefined) return
  const { verdict, ranked } = understanding.meaning(input.text, locale)
  if (verdict === 'unsure') await keepUnanswered(tx, clock, { text: input.text, best: ranked[0] })
}

const isElsewhere = (meant: Meaning | null): boolean => meant !== null && meant.flow !== MAIN
const isUrgent = (command: string | null) => command === 'person' || command === 'emergency'
