import { type Calibration, type HeldOut, OUT_OF_SCOPE, type Quality } from './model.ts'
import { logit, probabilityOf, readMargins, sharesOf } from './read-margins.ts'

/** A held-out example and what the machines said of it. */
export interface Judged {
  readonly place: number
  readonly intent: string
  readonly intents: readonly string[]
  readonly knowsOutOfScope: boolean
  readonly margins: Float64Array
}

interface Case {
  readonly place: number
  readonly intent: string
  readonly understoodAs: string
  readonly score: number
  readonly share: number
}

const SHARPNESSES = [2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20]
/** How much accuracy in scope may be given up to recognize what is out of scope. */
const GIVEN_UP = 0.01
/** Of those that the assistant goes ahead with so many are right. */
const RIGHT_WHEN_SURE = 0.95
/** Asking back is worth it from this confidence on: it hits one time in three at worst. */
const WORTH_ASKING = 1 / 3
/** Held-out examples are the judge's sample only: a threshold stands on at least so many. */
const LEAST_CASES = 20

/** Fits confidence and thresholds to held-out examples, and says how good the model is on them. */
export function calibrate(judged: readonly Judged[]): { calibration: Calibration; quality: Quality } {
  const sharpness = fitSharpness(judged)
  const cases = judged.map((one) => caseOf(one, sharpness))
  const inScope = cases.filter(({ intent }) => intent !== OUT_OF_SCOPE)
  const accuracy = share(inScope, isRight)
  const leastScore = keeping(inScope, accuracy - GIVEN_UP)
  const right = fitRight(cases)
  const confident = cases.map((one) => ({ ...one, confidence: probabilityOf(right, one.score, one.share) }))
  const kept = confident.filter(({ score }) => score >= leastScore)
  const sure = sureFrom(kept)
  const halfSure = Math.min(sure, WORTH_ASKING)
  const outside = cases.filter(({ intent }) => intent === OUT_OF_SCOPE)
  const heldOut: HeldOut[] = confident.map(({ place, understoodAs, confidence, score }) => ({
    place,
    understoodAs: score < leastScore ? OUT_OF_SCOPE : understoodAs,
    confidence,
  }))
  return {
    calibration: { sharpness, right, leastScore, sure, halfSure },
    quality: {
      accuracy,
      macroF1: macroF1Of(inScope.map((one) => [one.intent, one.understoodAs])),
      accuracyKept: share(inScope, (one) => isRight(one) && one.score >= leastScore),
      outOfScopeRecall: outside.length === 0 ? null : share(outside, ({ score }) => score < leastScore),
      calibrationError: errorOf(confident),
      heldOut,
    },
  }
}

const isRight = ({ intent, understoodAs }: Case): boolean => intent === understoodAs
const share = <T>(all: readonly T[], is: (one: T) => boolean): number =>
  all.length === 0 ? 0 : all.filter(is).length / all.length

function caseOf({ place, intent, intents, margins }: Judged, sharpness: number): Case {
  const { order, score } = readMargins(margins, intents.length, 1)
  const [best = 0] = sharesOf(margins, intents.length, sharpness, order)
  return { place, intent, understoodAs: intents[order[0] ?? 0] ?? '', score, share: best }
}

/** The sharpness that makes what came true most likely. */
function fitSharpness(judged: readonly Judged[]): number {
  let [best, most] = [SHARPNESSES[0] as number, Number.NEGATIVE_INFINITY]
  for (const sharpness of SHARPNESSES) {
    let likelihood = 0
    for (const { intent, intents, margins } of judged) {
      const own = intents.indexOf(intent)
      if (own < 0) continue
      const [share = 0] = sharesOf(margins, intents.length, sharpness, [own])
      // `sharesOf` measures from the first asked: its share alone is the softmax.
      likelihood += Math.log(Math.max(share, 1e-12))
    }
    if (likelihood > most) [best, most] = [sharpness, likelihood]
  }
  return best
}

/** The highest score below which nothing is in scope, at which so much of what is in scope stays and is right. */
function keeping(inScope: readonly Case[], accuracy: number): number {
  const scores = inScope
    .filter(isRight)
    .map(({ score }) => score)
    .sort((a, b) => b - a)
  const needed = Math.ceil(accuracy * inScope.length)
  return scores[needed - 1] ?? Number.NEGATIVE_INFINITY
}

/** Logistic regression of "is right" by Newton's method, kept small so that few examples cannot blow it up. */
function fitRight(cases: readonly Case[]): [number, number, number] {
  const weights: [number, number, number] = [0, 0, 0]
  const rows = cases.map((one) => ({ x: [1, one.score, logit(one.share)] as const, y: isRight(one) ? 1 : 0 }))
  for (let step = 0; step < 25; step++) {
    const slope = weights.map((weight) => -0.01 * weight)
    const bend = [0, 1, 2].map((at) => [0, 1, 2].map((other) => (at === other ? 0.01 : 0)))
    for (const { x, y } of rows) {
      const p = 1 / (1 + Math.exp(-(weights[0] * x[0] + weights[1] * x[1] + weights[2] * x[2])))
      for (const at of [0, 1, 2] as const) {
        slope[at] = (slope[at] as number) + (y - p) * x[at]
        const line = bend[at] as number[]
        for (const other of [0, 1, 2] as const)
          line[other] = (line[other] as number) + p * (1 - p) * x[at] * x[other]
      }
    }
    const move = solve3(bend, slope)
    for (const at of [0, 1, 2] as const) weights[at] += move[at] as number
    if (Math.max(...move.map(Math.abs)) < 1e-6) break
  }
  return weights
}

/** Three linear equations, by elimination; the matrix is positive definite. */
function solve3(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((line, at) => [...line, right[at] as number])
  for (const at of [0, 1, 2]) {
    const pivot = rows[at] as number[]
    for (const other of [0, 1, 2]) {
      if (other === at) continue
      const line = rows[other] as number[]
      const factor = (line[at] as number) / (pivot[at] as number)
      for (let column = at; column < 4; column++)
        line[column] = (line[column] as number) - factor * (pivot[column] as number)
    }
  }
  return rows.map((line, at) => (line[3] as number) / (line[at] as number))
}

/** The lowest confidence from which on nearly all are right; 1 when there is none. */
function sureFrom(cases: readonly (Case & { readonly confidence: number })[]): number {
  const falling = [...cases].sort((a, b) => b.confidence - a.confidence)
  let right = 0
  let cut = 1
  for (const [at, one] of falling.entries()) {
    if (isRight(one)) right++
    if (at + 1 >= Math.min(LEAST_CASES, falling.length) && right / (at + 1) >= RIGHT_WHEN_SURE)
      cut = one.confidence
  }
  return cut
}

/** Expected calibration error in ten bins of confidence. */
function errorOf(cases: readonly (Case & { readonly confidence: number })[]): number {
  let error = 0
  for (let bin = 0; bin < 10; bin++) {
    const own = cases.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === bin)
    const expected = own.reduce((sum, { confidence }) => sum + confidence, 0)
    error += Math.abs(own.filter(isRight).length - expected) / Math.max(1, cases.length)
  }
  return error
}

/** F1 of each intent that occurs, averaged. Pairs are what it was and what it was taken for. */
export function macroF1Of(pairs: readonly (readonly [string, string])[]): number {
  const counts = new Map<string, { hit: number; was: number; taken: number }>()
  const of = (intent: string) => {
    const known = counts.get(intent) ?? { hit: 0, was: 0, taken: 0 }
    counts.set(intent, known)
    return known
  }
  for (const [was, taken] of pairs) {
    of(was).was++
    of(taken).taken++
    if (was === taken) of(was).hit++
  }
  const occurring = [...counts.values()].filter(({ was }) => was > 0)
  const sum = occurring.reduce((total, { hit, was, taken }) => total + (2 * hit) / (was + taken), 0)
  return occurring.length === 0 ? 0 : sum / occurring.length
}
