import type { Vocabulary } from './vocabulary.ts'

/** The intent of examples that are none of ours. */
export const OUT_OF_SCOPE = 'out-of-scope'

export interface Example {
  readonly text: string
  /** A key of an intent, or `OUT_OF_SCOPE`. */
  readonly intent: string
}

/** What turns margins into confidence and a verdict; from examples held out of training. */
export interface Calibration {
  /** Margins times this, through a softmax, share out what is in scope. */
  readonly sharpness: number
  /** How probable it is that the best intent is right: logistic in its lead over out-of-scope and in its share. */
  readonly right: readonly [constant: number, ofScore: number, ofShare: number]
  /** Below this lead a message is out of scope. */
  readonly leastScore: number
  /** From this confidence on the assistant goes ahead; from the second on it asks back. */
  readonly sure: number
  readonly halfSure: number
}

/** A trained understanding as plain data: it crosses threads. */
export interface Model {
  /** Intents in scope, sorted; where examples out of scope were given, their machine stands behind the last. */
  readonly intents: readonly string[]
  readonly knowsOutOfScope: boolean
  readonly vocabulary: Vocabulary
  /** Weight of feature f for machine c at `f * machines + c`, in units of the feature's scale. */
  readonly weights: Int8Array
  readonly scales: Float32Array
  readonly bias: Float32Array
  readonly examples: readonly TrainedExample[]
  readonly calibration: Calibration
  readonly quality: Quality
}

export interface TrainedExample extends Example {
  readonly words: readonly string[]
  /** How much it has to say in its own intent's machine; 0 = others say it already. */
  readonly says: number
}

/** A held-out example as the model would have understood it. */
export interface HeldOut {
  /** Its place among the examples given. */
  readonly place: number
  readonly understoodAs: string
  readonly confidence: number
}

/** How good a model is on examples that it was not trained on. */
export interface Quality {
  /** Share of held-out examples in scope that get their own intent, whatever the confidence. */
  readonly accuracy: number
  /** The same averaged over intents. */
  readonly macroF1: number
  /** Share of those in scope that stay so and get their own intent, by the threshold of the calibration. */
  readonly accuracyKept: number
  /** Share of those out of scope that are recognized by it; null where none was held out. */
  readonly outOfScopeRecall: number | null
  /** Mean distance between confidence and what came true. */
  readonly calibrationError: number
  readonly heldOut: readonly HeldOut[]
}
