import type { Locale } from '../../../../contracts/primitives.ts'

/** What a language model is told. Everything in it that people or authors wrote is material, and may try to give orders. */
export interface Question {
  readonly locale: Locale
  /** The person's words; secrets are never among them. */
  readonly text: string
  /** What is asked for just now, if a value is. */
  readonly asked: { readonly words: string; readonly kind: string } | null
  /** Where it may propose to lead: the flows in force. */
  readonly flows: readonly { readonly key: string; readonly title: string }[]
  readonly articles: readonly Material[]
}

export interface Material {
  readonly key: string
  readonly title: string
  readonly body: string
}

/**
 * What came of it, after everything that was not allowed was taken out: at most a proposal, which the engine treats as half-understood
 * words, so that it asks before it goes anywhere. There is nothing here by which anything is done.
 */
export interface Advice {
  /** An answer out of articles, with the keys of those that it rests on: at least one. */
  readonly reply: { readonly text: string; readonly sources: readonly string[] } | null
  readonly action: ProposedAction | null
}

export type ProposedAction =
  | { readonly kind: 'flow'; readonly flow: string }
  /** The value in the person's own words, to be read and judged like theirs. */
  | { readonly kind: 'fill'; readonly said: string }

/** How the model does, for whoever looks after it. */
export interface AdvisorState {
  readonly service: string
  readonly model: string
  readonly remote: boolean
  readonly asked: number
  readonly failed: number
  readonly failedAt: Date | null
  /** In a word; no personal data. */
  readonly reason: string | null
}

/** A language model behind the assistant. Optional: without one, and whenever it fails, the plain engine speaks alone. */
export interface Advisor {
  /** Never throws, always comes back in a few seconds; null: it had nothing to say, or failed. */
  advise(question: Question): Promise<Advice | null>
  /** Two sentences for whoever goes on; null: likewise. */
  summarise(words: readonly string[], locale: Locale): Promise<string | null>
  state(): AdvisorState
}
