import type { Flow, FlowWords } from '../../../../contracts/flows.ts'
import { PHRASES } from './phrases.ts'
import type { DialogState, Effect, HandOverReason, Item, Output, Step, Told } from './state.ts'
import { fillWords } from './words.ts'

const GENERAL = 'general'

/** A step being taken: the state as it becomes, and what was said on the way. */
export interface Going {
  readonly flow: Flow
  readonly now: Date
  readonly state: DialogState
  readonly outputs: readonly Output[]
  /** Where it stood, then the nodes entered. */
  readonly way: readonly string[]
}

/** Words that need no answer; nothing where there is nothing to say. */
export function say(going: Going, words: FlowWords): Going {
  const { slots, facts, locale } = going.state
  const text = fillWords(words, locale, { ...facts, ...slots })
  if (text.trim() === '') return going
  return { ...going, outputs: [...going.outputs, { text, choices: [], secret: false }] }
}

/** Words that want an answer, with what may be chosen. `secret`: the answer must not be kept. */
export function ask(going: Going, words: FlowWords, offered: readonly Item[], secret = false): Going {
  const { slots, facts, locale } = going.state
  const text = fillWords(words, locale, { ...facts, ...slots })
  const choices = offered.map(({ title }) => ({ title: title[locale] }))
  return {
    ...going,
    state: { ...going.state, offered },
    outputs: [...going.outputs, { text, choices, secret }],
  }
}

/** They were understood. */
export const settled = (going: Going): Going => ({
  ...going,
  state: { ...going.state, misses: 0, offered: [] },
})

/** Nothing happens. */
export const still = (state: DialogState): Step => ({
  state,
  outputs: [],
  effect: null,
  way: [state.node],
})

/** The step ends; the dialog waits. */
export const wait = ({ state, outputs, way }: Going, phase: DialogState['phase']): Step => ({
  state: { ...state, phase },
  outputs,
  effect: null,
  way,
})

/** The step ends with something that follows it. */
export const finish = (
  { state, outputs, way }: Going,
  phase: DialogState['phase'],
  effect: Effect,
): Step => ({
  state: { ...state, phase },
  outputs,
  effect,
  way,
})

/** This flow is left for another one; what was told goes along. */
export const leave = (going: Going, flow: string, told: Told | undefined = going.state.told): Step =>
  finish(told ? { ...going, state: { ...going.state, told } } : going, 'over', { kind: 'start', flow })

/** The step ends with somebody of the staff; nobody is left to wonder whether anything happens. */
export function handOver(
  going: Going,
  why: HandOverReason,
  {
    queue = GENERAL,
    skill = null,
    urgent = false,
  }: { queue?: string; skill?: string | null; urgent?: boolean } = {},
): Step {
  const told = going.outputs.length > 0 ? going : say(going, PHRASES.calling)
  return finish(told, 'over', {
    kind: 'hand-over',
    queue,
    skill,
    urgent: urgent || why === 'emergency',
    why,
  })
}

/** What can be chosen where the answer is yes or no, in this order. */
export const YES_NO: readonly Item[] = [
  { item: 'yes', title: PHRASES.yes },
  { item: 'no', title: PHRASES.no },
]
