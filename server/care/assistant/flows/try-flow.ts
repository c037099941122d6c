import type { Trial } from '../../../../contracts/assistant.ts'
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
} from '../engine/index.ts'

/** What somebody does to try a flow. */
export type TriedInput =
  | { readonly said: string; readonly choice?: string | undefined }
  | { readonly result: Result }

export interface TrialRequest {
  readonly key: string
  readonly version: number
  readonly flow: Flow
  readonly locale: Locale
  readonly trust: number
  readonly inputs: readonly TriedInput[]
}

/** A door with as many buttons as one may want. */
const ROOMY = { buttons: { max: 30, payloadMaxBytes: 64 } }

/** Plays a text: what it would say and wait for after each input. Nothing is done. */
export function tryFlow(
  { key, version, flow, locale, trust, inputs }: TrialRequest,
  ears: Ears,
  now: Date,
): Trial {
  const facts = { channel: 'web-chat', trust, signedIn: trust >= 4, hour: now.getUTCHours() }
  const began = beginDialog({ flow: key, version, locale, facts, wanted: null })
  let last = step(flow, began, { kind: 'begin' }, now)
  const turns = [turnOf(last)]
  for (const input of inputs) {
    last = step(flow, last.state, inputOf(flow, last.state, input, ears, now), now)
    turns.push(turnOf(last))
  }
  const why = last.effect?.kind === 'hand-over' ? last.effect.why : 'asked'
  return { turns, path: [...last.state.path], summary: summarise(flow, last.state, why) }
}

function inputOf(flow: Flow, state: DialogState, input: TriedInput, ears: Ears, now: Date): Input {
  if ('result' in input) return { kind: 'result', result: input.result }
  return listen(flow, state, { text: input.said, choice: input.choice ?? null }, ears, now)
}

function turnOf({ state, outputs, effect }: Step): Trial['turns'][number] {
  const chat = renderChat(state, outputs, ROOMY)
  const { say, keys } = renderVoice(state, outputs)
  const waitsFor = state.phase === 'over' ? 'nothing' : state.phase === 'act' ? 'result' : 'words'
  return {
    text: chat?.text ?? '',
    buttons: [...(chat?.buttons ?? [])],
    say,
    keys: { ...keys },
    node: state.node === '' ? null : state.node,
    waitsFor,
    effect,
  }
}
