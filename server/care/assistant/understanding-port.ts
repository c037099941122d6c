import type { Slot } from '../../../contracts/flows.ts'
import type { Locale } from '../../../contracts/primitives.ts'
import type { Value } from './engine/index.ts'

/** What free words may mean, likeliest first. */
export interface Understood {
  /** `sure`: go there. `half`: ask back. `unsure`: neither; out of scope belongs here. */
  readonly verdict: 'sure' | 'half' | 'unsure'
  readonly ranked: readonly { readonly intent: string; readonly confidence: number }[]
}

/** Which kinds of value can be read out of free words. */
export type Readable = Exclude<Slot['type'], 'item' | 'secret'>

/** What the assistant asks of whoever understands free text. Pure and quick: a step waits for it. */
export interface Understanding {
  /** Resolves when it has learnt what it is taught, or has tried for long enough: a process that has just begun knows nothing. */
  prepared(): Promise<void>
  meaning(text: string, locale: Locale): Understood
  /** The value of that kind in a text; undefined: there is none. Whether it is right there, the engine judges. */
  read(kind: Readable, text: string, locale: Locale, now: Date): Value | undefined
  /** Which of the titles is chosen in free words, from 0; null: none of them, or more than one. */
  choose(text: string, titles: readonly string[]): number | null
}
