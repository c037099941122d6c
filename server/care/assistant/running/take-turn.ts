import { v5 as nameId } from 'uuid'
import type { Flow } from '../../../../contracts/flows.ts'
import { type Executor, inTransaction } from '../../../platform/database/index.ts'
import type { Staff } from '../../../platform/http/index.ts'
import { found, Refusal } from '../../../platform/refusal.ts'
import { describeContactPoints } from '../../subscribers/index.ts'
import {
  concealWord,
  leaveToPeople,
  type Place,
  readWords,
  speak,
  takeBack,
  takePart,
  type Word,
} from '../../timeline/index.ts'
import { topicKeyOf } from '../../topics/index.ts'
import {
  beginDialog,
  type DialogState,
  type Ears,
  type Input,
  isSecret,
  listen,
  localeOf,
  type Meaning,
  type Output,
  renderChat,
  type Step,
  step,
  summarise,
} from '../engine/index.ts'
import { listPublished, type PublishedFlow } from '../flows/flow-store.ts'
import { keepUnanswered } from '../understanding/index.ts'
import {
  type DialogStatus,
  findDialog,
  keepDialog,
  type LoggedTurn,
  logTurns,
  type StoredDialog,
} from './dialog-store.ts'
import { earsOf, findFlowOf } from './find-flow.ts'
import { type Doing, type Done, performAct } from './perform-act.ts'
import type { AssistantRoom } from './room.ts'
import { dropWaiting, lockWaiting, markHeardTo } from './waiting-store.ts'

/** More steps in a row than any dialog takes: what comes after is taken up by the next claim. */
const MOST_STEPS = 40
/** Flows that lead to one another without anybody being heard. */
const MOST_FLOWS = 8
/** As in My: for so long a code that was told counts. */
const FRESH_MS = 600_000
const WANTED_MAX = 300
const MAIN = 'main'
/** Names messages and orders of a dialog by its turn: a repeat has the same name. */
const NAMESPACE = '6f0c9f3e-5f0e-4a5c-9b1e-0d6a4b6f2f11'

export interface Claim {
  readonly laneId: string
  readonly lease: string
}

/** What a transaction left to be done before the next one. */
interface Pending {
  readonly doing: Doing
  readonly conversationId: string
  readonly turn: number
}

/**
 * Goes on with the dialog of a lane until nothing waits there. Each step is one transaction: state, log and reply together. What is done to
 * a line is done between two of them, under a name made of conversation and turn, so that a repeat after a crash does it once.
 */
export async function takeTurns(room: AssistantRoom, claim: Claim): Promise<void> {
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const next = await inTransaction(room.db, (tx) => hearNext(tx, room, claim))
    if (next === 'nothing') return
    if (next === 'heard') continue
    const done = await performAct(room, next.doing)
    const goesOn = await inTransaction(room.db, (tx) => takeResult(tx, room, claim, next, done))
    if (!goesOn) return
  }
}

/**
 * People leave a conversation to the assistant: it speaks first. What it is in the middle of with them is over.
 * Refuses like `takeBack`, and with `channel_unsupported` where it may not answer.
 */
export async function handBack(tx: Executor, room: AssistantRoom, place: Place, by: Staff): Promise<void> {
  await takeBack(tx, room.timeline, place, by)
  const conversation = { ...place.conversation, assigneeId: null }
  const freed: Place = { ...place, conversation }
  if (!mayAnswer(freed)) throw new Refusal('channel_unsupported', { what: 'assistant' })
  const talk = await openTalk(tx, room, freed, await findDialog(tx, conversation.id))
  const turn = talk.before?.turn ?? 0
  const begun = await beginFlow(tx, room, talk, MAIN, { wanted: talk.before?.state?.wanted ?? null, turn })
  if (!begun) throw new Refusal('channel_unsupported', { what: 'assistant' })
  await settle(tx, room, talk, [begun], undefined)
}

/** Hears the next word, or finds what was begun and not finished. */
async function hearNext(
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

/** The assistant answers where nobody of the staff does, at doors through which everything may be said. */
function mayAnswer({ conversation, door }: Place): boolean {
  const { state, assigneeId } = conversation
  const { policy, state: doorState } = door.account
  return (
    (state === 'open' || state === 'snoozed') &&
    assigneeId === null &&
    policy === 'full' &&
    doorState === 'active'
  )
}

/** A dialog at a place, with what it takes to go on. */
interface Talk {
  readonly place: Place
  readonly before: StoredDialog | undefined
  readonly published: readonly PublishedFlow[]
  readonly ears: Ears
}

async function openTalk(
  tx: Executor,
  { understanding }: AssistantRoom,
  place: Place,
  before: StoredDialog | undefined,
): Promise<Talk> {
  const published = await listPublished(tx)
  return { place, before, published, ears: earsOf(understanding, published) }
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

interface Taken {
  readonly flow: Flow
  readonly input: Input
  readonly taken: Step
}

type Kept = Pick<DialogState, 'wanted' | 'turn'> & Partial<Pick<DialogState, 'tried' | 'path' | 'lineId'>>

async function beginFlow(
  tx: Executor,
  room: AssistantRoom,
  { place, published, before }: Talk,
  key: string,
  kept: Kept,
): Promise<Taken | undefined> {
  const version = published.find((one) => one.key === key)?.version
  const flow = version === undefined ? undefined : await findFlowOf(tx, { flow: key, version })
  if (!flow || version === undefined) return undefined
  const now = room.clock.now()
  const point = (await describeContactPoints(tx, [place.laneId], now)).get(place.laneId)
  const fresh = before?.freshUntil !== null && before?.freshUntil !== undefined && before.freshUntil > now
  const trust = fresh ? 4 : (point?.trust ?? 0)
  const { topicId } = place.conversation
  const topic = topicId === null ? null : await topicKeyOf(tx, topicId)
  const facts = {
    channel: place.door.account.kind,
    trust,
    signedIn: trust >= 4,
    hour: hourOf(now),
    ...(topic !== null && { topic }),
    topUpLink: room.links.topUp,
    marketLink: room.links.market,
  }
  const first = beginDialog({
    flow: key,
    version,
    locale: localeOf(point?.locale),
    facts,
    wanted: kept.wanted,
  })
  const input: Input = { kind: 'begin' }
  return { flow, input, taken: step(flow, { ...first, ...kept }, input, now) }
}

/** When the working day begins on a day of the operator's. */
const morningOf = (day: string): Date => new Date(`${day}T09:00:00+03:00`)

/** The operator's day, wherever the server stands. */
const hourOf = (now: Date): number =>
  Number(
    new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone: 'Europe/Moscow' }).format(
      now,
    ),
  )

/** What came of an act goes on with the dialog, unless somebody else did so meanwhile. Gives whether there may be more. */
async function takeResult(
  tx: Executor,
  room: AssistantRoom,
  { laneId, lease }: Claim,
  { conversationId, turn }: Pending,
  { result, proved }: Done,
): Promise<boolean> {
  const place = await takePart(tx, room.timeline, laneId)
  if (!(await lockWaiting(tx, laneId, lease))) return false
  const stored = await findDialog(tx, conversationId)
  if (!stored?.state || stored.turn !== turn || stored.state.phase !== 'act') return true
  const now = room.clock.now()
  const dialog = proved ? { ...stored, freshUntil: new Date(now.getTime() + FRESH_MS) } : stored
  const flow = found(await findFlowOf(tx, stored.state), 'flow')
  const input: Input = { kind: 'result', result }
  const taken = step(flow, stored.state, input, now)
  if (!place || place.conversation.id !== conversationId || !mayAnswer(place)) {
    // Somebody of the staff goes on: what was done is kept, and nothing more is said.
    await logTurns(tx, [{ conversationId, state: taken.state, input, effect: taken.effect }], now)
    await keepDialog(tx, { ...dialog, status: 'people', state: taken.state, turn: taken.state.turn }, now)
    return true
  }
  const talk = await openTalk(tx, room, place, dialog)
  await settle(tx, room, talk, [{ flow, input, taken }], undefined)
  return true
}

/** Says and keeps what steps came to, and follows where they lead. Gives what is to be done next, if anything is. */
async function settle(
  tx: Executor,
  room: AssistantRoom,
  talk: Talk,
  steps: readonly Taken[],
  secret: string | undefined,
): Promise<Pending | undefined> {
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
      ({ input, taken }): LoggedTurn => ({ conversationId, state: taken.state, input, effect: taken.effect }),
    ),
    now,
  )
  const outputs = all.flatMap(({ taken }): readonly Output[] => taken.outputs)
  const said = renderChat(state, outputs, door.adapter.capabilities)
  if (said)
    await speak(tx, room.timeline, talk.place, { id: nameOf(conversationId, 'say', state.turn), ...said })
  if (effect?.kind === 'hand-over') {
    const { queue, skill, urgent, why } = effect
    const note = summarise(last.flow, state, why)
    await leaveToPeople(tx, room.timeline, talk.place, { note, facts: { queue, skill, urgent, why } })
  }
  if (effect?.kind === 'call-back') {
    const note = `${summarise(last.flow, state, 'flow')}\nПерезвонить: ${effect.day}.`
    const until = morningOf(effect.day)
    await leaveToPeople(tx, room.timeline, talk.place, { note, facts: { callBack: effect.day }, until })
  }
  const dialog: StoredDialog = {
    conversationId,
    laneId,
    status: statusOf(last.taken),
    state,
    turn: state.turn,
    freshUntil: talk.before?.freshUntil ?? null,
  }
  await keepDialog(tx, dialog, now)
  return effect?.kind === 'act' ? pendingOf(dialog, state, secret) : undefined
}

function statusOf({ state, effect }: Step): DialogStatus {
  if (effect?.kind === 'hand-over' || effect?.kind === 'call-back') return 'people'
  return state.phase === 'over' ? 'over' : 'talking'
}

/** A step that leads to another flow begins it; flows that only lead to one another end with a person. */
async function followStarts(
  tx: Executor,
  room: AssistantRoom,
  talk: Talk,
  steps: readonly Taken[],
): Promise<Taken[]> {
  const all = [...steps]
  for (let begun = 0; begun < MOST_FLOWS; begun++) {
    const last = found(all.at(-1), 'step')
    const { state, effect } = last.taken
    if (effect?.kind !== 'start') return all
    const { wanted, turn, tried, path, lineId } = state
    const next = await beginFlow(tx, room, talk, effect.flow, { wanted, turn, tried, path, lineId })
    if (!next) break
    all.push(next)
  }
  const last = found(all.at(-1), 'step')
  const handOver = { kind: 'hand-over', queue: 'general', skill: null, urgent: false, why: 'failed' } as const
  return [...all.slice(0, -1), { ...last, taken: { ...last.taken, effect: handOver } }]
}

/** The flow on which it is, is gone: people go on. */
async function giveUp(
  tx: Executor,
  room: AssistantRoom,
  { place, before }: Talk,
  state: DialogState,
): Promise<undefined> {
  const note = 'Передано помощником: сценарий, по которому шёл разговор, недоступен.'
  await leaveToPeople(tx, room.timeline, place, { note, facts: { why: 'failed', flow: state.flow } })
  if (before) await keepDialog(tx, { ...before, status: 'people' }, room.clock.now())
}

function pendingOf(
  dialog: StoredDialog,
  state: DialogState,
  secret: string | undefined,
): Pending | undefined {
  const { conversationId, laneId, freshUntil } = dialog
  if (state.act === null) return undefined
  const orderId = nameOf(conversationId, 'order', state.turn)
  const doing = { act: state.act, lineId: state.lineId, contactPointId: laneId, freshUntil, orderId, secret }
  return { doing, conversationId, turn: state.turn }
}

const nameOf = (conversationId: string, what: string, turn: number): string =>
  nameId(`${what}:${conversationId}:${turn}`, NAMESPACE)
