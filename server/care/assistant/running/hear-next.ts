import type { Flow } from '../../../../contracts/flows.ts'
import { type Executor, keepPlans, together } from '../../../platform/database/index.ts'
import { concealWord, readWords, takePartKnowing, type Word } from '../../timeline/index.ts'
import type { Advice } from '../advice/advisor.ts'
import {
  type DialogState,
  type Input,
  isSecret,
  listen,
  type Meaning,
  sayPromised,
  step,
} from '../engine/index.ts'
import { keepUnanswered } from '../understanding/index.ts'
import { beginFlow, MAIN } from './begin-flow.ts'
import { findDialog } from './dialog-store.ts'
import { leaveDialog } from './leave-dialog.ts'
import { dayOfCall, isPromised } from './promise-call.ts'
import type { AssistantRoom } from './room.ts'
import { type Advised, type Puzzle, puzzleOf, sayReply, withAdvice } from './seek-advice.ts'
import { followSteps, giveUp, keepTurn, type Turn } from './settle.ts'
import {
  type Claim,
  type Handed,
  lastTurn,
  mayAnswer,
  openTalk,
  type Pending,
  pendingOf,
  type Taken,
  type Talk,
} from './talk.ts'
import { dropWaiting, lockWaiting, markHeardTo, type Waiting } from './waiting-store.ts'

const WANTED_MAX = 300
/** The flow that promises a call. */
const CALL_BACK = 'call-back'

/**
 * Hears the next word, or finds what was begun and not finished. `nothing`: nobody waits there any more; `elsewhere`: the lane goes on in
 * another conversation than the claim says.
 */
export async function hearNext(
  tx: Executor,
  room: AssistantRoom,
  claim: Claim,
  advised?: Advised,
): Promise<Pending | Handed | Puzzle | 'heard' | 'nothing' | 'elsewhere'> {
  const { laneId, lease } = claim
  const [, found] = await together(tx, (flight) => [keepPlans(flight), findTalk(flight, room, claim)])
  const waiting = found ? found.waiting : await lockWaiting(tx, laneId, lease)
  if (!waiting) return 'nothing'
  const leave = async () => {
    await dropWaiting(tx, laneId)
    return 'nothing' as const
  }
  if (!found?.place) return claim.conversationId === null ? leave() : 'elsewhere'
  const { place, dialog, published } = found
  if (!mayAnswer(place) || (dialog?.status === 'people' && !isPromised(dialog, place, room.clock.now()))) {
    if (dialog && dialog.status !== 'people') await leaveDialog(tx, dialog, 'taken', room.clock.now())
    return leave()
  }
  if (dialog?.status === 'talking' && dialog.state?.phase === 'act')
    return pendingOf(dialog, dialog.state, undefined) ?? leave()
  const word = await nextWord(tx, waiting, found.words)
  if (!word) return leave()
  const talk = openTalk(room, place, dialog, published)
  const turn = await hearWord(tx, room, talk, word, advised?.seq === word.seq ? advised : undefined)
  // Until the language model has been asked nothing is heard: whoever dies meanwhile is followed by another.
  if (turn && 'question' in turn) return turn
  // Whatever is still to be done must be found by whoever comes after one that dies.
  const goesOn = turn?.next ?? (word.seq < waiting.toSeq ? 'heard' : 'nothing')
  await together(tx, (flight) => [
    goesOn === 'nothing' ? dropWaiting(flight, laneId) : markHeardTo(flight, laneId, word.seq),
    ...(turn ? [keepTurn(flight, room, talk, turn)] : []),
  ])
  return goesOn
}

/** Takes part on the claimed lane, with all that is to be known before a word is heard. */
async function findTalk(
  tx: Executor,
  { timeline, flows }: AssistantRoom,
  { laneId, lease, fromSeq, toSeq, conversationId: expected }: Claim,
) {
  const ask = (flight: Executor, conversationId: string) =>
    Promise.all([
      lockWaiting(flight, laneId, lease),
      findDialog(flight, conversationId),
      readWords(flight, laneId, { from: fromSeq, to: toSeq }),
      flows.published(flight),
    ])
  const part = await takePartKnowing(tx, timeline, laneId, ask, expected)
  if (!part) return undefined
  const [waiting, dialog, words, published] = part.known
  return { place: part.place, waiting, dialog, words, published }
}

/** The first of the words that still wait: most often among those that waited when the lane was claimed, which are read already. */
async function nextWord(
  tx: Executor,
  { laneId, fromSeq, toSeq }: Waiting,
  claimed: readonly Word[],
): Promise<Word | undefined> {
  const known = claimed.find(({ seq }) => seq >= fromSeq)
  if (known) return known
  const [word] = await readWords(tx, laneId, { from: fromSeq, to: toSeq })
  return word
}

/** What a word comes to. Undefined: nothing can be said to it. */
async function hearWord(
  tx: Executor,
  room: AssistantRoom,
  talk: Talk,
  word: Word,
  advised: Advised | undefined,
): Promise<Turn | Puzzle | undefined> {
  const { before } = talk
  const text = word.body?.text ?? ''
  const choice = word.body?.choice ?? null
  const now = room.clock.now()
  if (before?.status !== 'talking' || before.state === null)
    return beginTalk(tx, room, talk, { text, choice, seq: word.seq }, advised)
  const { state } = before
  const flow = await room.flows.text(tx, state.flow, state.version)
  if (!flow) return giveUp(tx, room, talk, state)
  const secret = isSecret(flow, state)
  const plain = listen(flow, state, { text, choice }, talk.ears, now)
  const puzzle = room.advisor && puzzleOf(talk, flow, state, word.seq, plain)
  if (puzzle && !advised) return puzzle
  const input = puzzle && advised?.advice ? adviseInput(plain, advised.advice, talk, flow, state, now) : plain
  // An emergency is no secret, and somebody must be able to read it.
  const conceals = secret && input.kind === 'said' && input.command === null
  if (conceals) await concealWord(tx, room.timeline, talk.place.laneId, word)
  await keepPuzzle(tx, room, state, input)
  return followSteps(
    tx,
    room,
    talk,
    [takenOf(room, flow, state, input, now, puzzle && advised?.advice)],
    conceals ? text : undefined,
  )
}

/** A step on heard words, with the answer that came along. */
function takenOf(
  { links }: AssistantRoom,
  flow: Flow,
  state: DialogState,
  input: Input,
  now: Date,
  advice: Advice | null | undefined,
): Taken {
  const taken = step(flow, state, input, now)
  if (!advice) return { flow, input, taken }
  return { flow, input, taken, answer: sayReply(advice, state, links), advised: true }
}

function adviseInput(
  plain: Input,
  advice: Advice,
  talk: Talk,
  flow: Flow,
  state: DialogState,
  now: Date,
): Input {
  const node = flow.nodes[state.node]
  const slot = node?.kind === 'ask' ? flow.slots[node.slot] : undefined
  return withAdvice(plain, advice, talk, state, slot, now)
}

/** The first word: said to the main menu at once, which is shown only where the word means nothing yet. */
async function beginTalk(
  tx: Executor,
  room: AssistantRoom,
  talk: Talk,
  heard: { readonly text: string; readonly choice: string | null; readonly seq: number },
  advised: Advised | undefined,
): Promise<Turn | Puzzle | undefined> {
  const begun = await beginFlow(tx, room, talk, MAIN, {
    wanted: heard.text.slice(0, WANTED_MAX),
    turn: lastTurn(talk, room.clock.now()),
  })
  if (!begun) return undefined
  const now = room.clock.now()
  const { flow, taken } = begun
  const day = isPromised(talk.before, talk.place, now) ? dayOfCall(talk.place) : null
  const answer = day === null ? undefined : sayPromised(day, taken.state.locale)
  const plain = listen(flow, unseen(taken.state, heard.text), heard, talk.ears, now)
  const puzzle = room.advisor && puzzleOf(talk, flow, taken.state, heard.seq, plain)
  if (puzzle && !advised) return puzzle
  const advice = puzzle && advised?.advice
  const input = advice ? adviseInput(plain, advice, talk, flow, taken.state, now) : plain
  await keepPuzzle(tx, room, taken.state, input)
  const means =
    input.kind === 'said' &&
    !(answer !== undefined && asksOfCall(input)) &&
    (input.chosen !== null || isElsewhere(input.meant) || isUrgent(input.command) || input.answered === true)
  if (!means) return followSteps(tx, room, talk, [{ ...begun, answer }], undefined)
  const silent = { ...begun, answer, taken: { ...taken, outputs: [] } }
  return followSteps(
    tx,
    room,
    talk,
    [silent, takenOf(room, flow, taken.state, input, now, advice)],
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

/** Nobody chooses by its number from a menu that was not shown to them yet. */
const unseen = (state: DialogState, text: string): DialogState =>
  /^\s*\d+\s*$/.test(text) ? { ...state, offered: [] } : state

/** «Когда перезвоните?» asks about the call that is promised; whoever tells a day or a number wants another one. */
const asksOfCall = (input: Input): boolean =>
  input.kind === 'said' && input.meant?.flow === CALL_BACK && input.meant.told === undefined

const isElsewhere = (meant: Meaning | null): boolean => meant !== null && meant.flow !== MAIN
const isUrgent = (command: string | null) => command === 'person' || command === 'emergency'
