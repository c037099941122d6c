import type { PretendedLine, Trial } from '../../../../contracts/assistant.ts'
import type { Flow } from '../../../../contracts/flows.ts'
import type { Locale } from '../../../../contracts/primitives.ts'
import {
  beginDialog,
  type DialogState,
  type Ears,
  type Input,
  listen,
  type Result,
  renderChat,
  renderVoice,
  type Step,
  step,
  summarise,
  type Values,
} from '../engine/index.ts'
import { PROVED_TRUST, pretend } from './pretend-edge.ts'

/** What somebody does to try a flow. */
export type TriedInput =
  | { readonly said: string; readonly choice?: string | undefined }
  | { readonly silence: true }
  | { readonly result: Result }

export interface TrialRequest {
  readonly key: string
  readonly version: number
  readonly flow: Flow
  readonly locale: Locale
  readonly trust: number
  readonly facts: Values
  /** On which acts are pretended; undefined: what comes of them stands among the inputs. */
  readonly line: PretendedLine | undefined
  readonly inputs: readonly TriedInput[]
}

/** What a trial needs of the house. */
export interface TrialRoom {
  readonly ears: Ears
  readonly now: Date
  /** The text on which new dialogs begin, for a flow that another leads to. */
  readonly inForce: (key: string) => Promise<{ readonly flow: Flow; readonly version: number } | undefined>
}

type Turn = Trial['turns'][number]

/** A moment of the trial. */
interface Scene {
  readonly flow: Flow
  readonly last: Step
  readonly trust: number
  readonly turns: readonly Turn[]
}

/** A door with as many buttons as one may want. */
const ROOMY = { buttons: { max: 30, payloadMaxBytes: 64 } }
/** Acts and flows that follow one another without anybody being heard: a text that was not checked must not hang the trial. */
const MOST_STEPS = 40

/** Plays a text: what it would say and wait for after each input, through acts on a pretended line and into other flows. Nothing is done. */
export async function tryFlow(request: TrialRequest, room: TrialRoom): Promise<Trial> {
  const { key, version, flow, trust, inputs } = request
  const state = beginDialog({ ...begun(request, room.now, trust), flow: key, version, wanted: null })
  const opening = { flow, trust, turns: [] }
  let scene = await settle(request, room, take(opening, state, { kind: 'begin' }, room.now, 0), 0)
  for (const [at, input] of inputs.entries()) {
    const heard = hear(scene, input, room)
    scene = await settle(request, room, take(scene, scene.last.state, heard, room.now, at + 1), at + 1)
  }
  const { last, turns } = scene
  const why = last.effect?.kind === 'hand-over' ? last.effect.why : 'asked'
  return { turns: [...turns], path: [...last.state.path], summary: summarise(scene.flow, last.state, why) }
}

function begun({ locale, facts }: TrialRequest, now: Date, trust: number) {
  const given = { channel: 'web-chat', hour: now.getUTCHours(), ...facts }
  return { locale, facts: { ...given, trust, signedIn: trust >= PROVED_TRUST } }
}

function hear({ flow, last }: Scene, input: TriedInput, { ears, now }: TrialRoom): Input {
  if ('result' in input) return { kind: 'result', result: input.result }
  if ('silence' in input) return { kind: 'silence' }
  return listen(flow, last.state, { text: input.said, choice: input.choice ?? null }, ears, now)
}

function take(
  scene: Omit<Scene, 'last'>,
  before: DialogState,
  input: Input,
  now: Date,
  after: number,
): Scene {
  const last = step(scene.flow, before, input, now)
  const did = input.kind === 'result' && before.act ? doneOf(before.act, input.result) : null
  const meant = input.kind === 'said' && input.meant ? input.meant : null
  const turn = {
    ...turnOf(last, after),
    way: last.way.slice(1),
    did,
    meant: meant && { intent: meant.intent, verdict: meant.verdict },
  }
  return { ...scene, last, turns: [...scene.turns, turn] }
}

/** Does what follows without anybody being heard, until somebody is, or it is over. */
async function settle(request: TrialRequest, room: TrialRoom, from: Scene, after: number): Promise<Scene> {
  let scene = from
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const { effect, state } = scene.last
    if (effect?.kind === 'act' && request.line) {
      const result = pretend(effect.act, request.line, scene.trust)
      const trust = result.outcome === 'proved' ? PROVED_TRUST : scene.trust
      scene = take({ ...scene, trust }, state, { kind: 'result', result }, room.now, after)
      continue
    }
    const next = effect?.kind === 'start' ? await enter(request, room, scene, effect.flow, after) : undefined
    if (!next) return scene
    scene = next
  }
  return scene
}

/** On in another flow; in this one itself on the text that is tried. Undefined: it is not in force. */
async function enter(
  request: TrialRequest,
  room: TrialRoom,
  scene: Scene,
  key: string,
  after: number,
): Promise<Scene | undefined> {
  const own = key === request.key ? { flow: request.flow, version: request.version } : undefined
  const text = own ?? (await room.inForce(key))
  if (!text) return undefined
  const { wanted, turn, tried, path, lineId, told } = scene.last.state
  const first = beginDialog({
    ...begun(request, room.now, scene.trust),
    flow: key,
    version: text.version,
    wanted,
  })
  const state = { ...first, turn, tried, path, lineId, told }
  return take({ ...scene, flow: text.flow }, state, { kind: 'begin' }, room.now, after)
}

function doneOf(act: NonNullable<DialogState['act']>, { outcome }: Result): NonNullable<Turn['did']> {
  if (act.kind === 'ask') return { what: act.question, outcome }
  return { what: 'request' in act ? act.request.kind : act.kind, outcome }
}

function turnOf({ state, outputs, effect }: Step, after: number): Omit<Turn, 'way' | 'did' | 'meant'> {
  const chat = renderChat(state, outputs, ROOMY)
  const { say, keys, secret } = renderVoice(state, outputs)
  const waitsFor = state.phase === 'over' ? 'nothing' : state.phase === 'act' ? 'result' : 'words'
  return {
    text: chat?.text ?? '',
    buttons: [...(chat?.buttons ?? [])],
    say,
    keys: { ...keys },
    secret,
    flow: state.flow,
    node: state.node === '' ? null : state.node,
    after,
    waitsFor,
    effect,
  }
}
