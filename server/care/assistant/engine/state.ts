import type { FlowWords, OrderTemplate, QuestionName } from '../../../../contracts/flows.ts'
import type { Locale } from '../../../../contracts/primitives.ts'
import type { Value, Values } from './words.ts'

/** One of a list that a question gave. */
export interface Item {
  readonly item: string
  readonly title: FlowWords
}

/** What is done outside the engine; what comes of it is the next input. */
export type Act =
  | { readonly kind: 'ask'; readonly question: QuestionName }
  | { readonly kind: 'preview'; readonly request: OrderTemplate }
  | { readonly kind: 'place'; readonly request: OrderTemplate; readonly digest: string }
  /** The word itself comes with the input that began it, and stands nowhere. */
  | { readonly kind: 'block-lost-sim'; readonly msisdn: string }
  | { readonly kind: 'send-code'; readonly msisdn: string }
  /** Likewise the code. */
  | { readonly kind: 'confirm-code'; readonly proofId: string; readonly msisdn: string }

/** What follows a step, beside its words. Acts answer; the others do not. */
export type Effect =
  | { readonly kind: 'act'; readonly act: Act; readonly lineId: string | null }
  | {
      readonly kind: 'hand-over'
      readonly queue: string
      readonly skill: string | null
      readonly urgent: boolean
      readonly why: HandOverReason
    }
  | {
      readonly kind: 'call-back'
      readonly day: string
      /** The number that was asked for; null: none was. */
      readonly msisdn: string | null
    }
  | { readonly kind: 'start'; readonly flow: string }
  | { readonly kind: 'end'; readonly done: boolean }

/** Why somebody of the staff goes on. */
export type HandOverReason = 'flow' | 'asked' | 'not-understood' | 'emergency' | 'not-proved' | 'failed'

/** What the engine waits for. */
export type Phase =
  | 'begin'
  /** Words at a menu or an ask. */
  | 'said'
  | 'act'
  /** Yes or no to an order. */
  | 'confirm'
  /** Yes or no to "did you mean". */
  | 'doubt'
  | 'line'
  | 'number'
  | 'code'
  | 'over'

/** Everything that a dialog is; plain data, kept with the conversation. */
export interface DialogState {
  readonly flow: string
  readonly version: number
  readonly node: string
  readonly phase: Phase
  readonly locale: Locale
  /** Steps taken so far: names what is done once. */
  readonly turn: number
  readonly slots: Values
  readonly facts: Values
  readonly lists: Readonly<Record<string, readonly Item[]>>
  /** Answers in a row that were not understood. */
  readonly misses: number
  /** What can be chosen now, in the order in which it was offered. */
  readonly offered: readonly Item[]
  /** Nodes gone through, the newest last. */
  readonly path: readonly string[]
  /** In the person's words, what they came with. */
  readonly wanted: string | null
  /** What was done, and what came of it. */
  readonly tried: readonly { readonly what: string; readonly outcome: string }[]
  readonly lineId: string | null
  /** What waits for an answer, or for who it is to be shown. */
  readonly act: Act | null
  readonly proofId: string | null
  readonly doubt: Meaning | null
  /** At which turn this flow began. */
  readonly began: number
  /** In this flow somebody came to where what they wanted is done. */
  readonly done: boolean
  /** It ended with a call that people promised: until somebody of them takes it, the assistant goes on answering. */
  readonly promised?: true
  /** Told already and not asked for yet. */
  readonly told?: Told | undefined
}

/** What free words mean, as understanding ranked it. */
export interface Meaning {
  readonly verdict: 'sure' | 'half'
  readonly intent: string
  readonly flow: string
  readonly title: FlowWords
  readonly told?: Told | undefined
}

/** What somebody told together with what they want, by what it is: nobody is asked for it again. */
export type Told = Readonly<Partial<Record<'amount' | 'date' | 'phone', Value>>>

/** Where a dialog begins. */
export interface Beginning {
  readonly flow: string
  readonly version: number
  readonly locale: Locale
  readonly facts: Values
  readonly wanted: string | null
}

export type Input =
  | { readonly kind: 'begin' }
  | {
      readonly kind: 'said'
      /** Null: it is secret. */
      readonly text: string | null
      /** Place of what was chosen among what is offered, from 0. */
      readonly chosen: number | null
      readonly command: 'person' | 'emergency' | 'menu' | null
      readonly meant: Meaning | null
      /** What was read for the slot, or the yes or no; undefined: nothing. */
      readonly value?: Value | undefined
      /** It was a question, and is answered already: what was asked is asked again, which is no miss. */
      readonly answered?: true
    }
  /** Nothing was said for too long; in voice alone. */
  | { readonly kind: 'silence' }
  | { readonly kind: 'result'; readonly result: Result }

/** What came of an act. */
export type Result =
  | {
      readonly outcome: 'facts'
      readonly facts: Values
      readonly lists: Readonly<Record<string, readonly Item[]>>
    }
  /** What an order would do, in words. */
  | { readonly outcome: 'preview'; readonly effects: FlowWords; readonly digest: string }
  | { readonly outcome: 'done' }
  | { readonly outcome: 'refused'; readonly reason: FlowWords }
  | { readonly outcome: 'failed' }
  /** First the person must show who they are. */
  | { readonly outcome: 'prove' }
  | { readonly outcome: 'which-line'; readonly lines: readonly Item[] }
  | { readonly outcome: 'code-sent'; readonly proofId: string }
  | { readonly outcome: 'proved'; readonly lineId: string | null }
  | { readonly outcome: 'code-wrong' }
  /** No code can be sent or told any more. */
  | { readonly outcome: 'code-over' }

/** What is said at a step. */
export interface Output {
  readonly text: string
  readonly choices: readonly { readonly title: string }[]
  /** What is heard next must not be kept. */
  readonly secret: boolean
}

export interface Step {
  readonly state: DialogState
  readonly outputs: readonly Output[]
  readonly effect: Effect | null
  /** Where the dialog stood (`''`: it begins), then the nodes that it entered. */
  readonly way: readonly string[]
}
