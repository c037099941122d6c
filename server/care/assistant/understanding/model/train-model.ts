import { WordBook } from '../language/word-book.ts'
import { addLikelihood } from './add-likelihood.ts'
import { calibrate, type Judged } from './calibrate.ts'
import { type Example, type Model, OUT_OF_SCOPE, type TrainedExample } from './model.ts'
import { Scorer } from './scorer.ts'
import { splitFolds } from './split-folds.ts'
import { type Machines, trainMachines } from './train-machines.ts'
import { buildVocabulary, rowsOf, type Vocabulary } from './vocabulary.ts'

/** Below this many examples a feature seen once still says something. */
const FEW = 1_000
/** Up to this many examples every one is held out once, in five folds; above, one in ten: training would take too long. */
const MOST_FOLDED = 8_000
/** Below this many, meanings weigh more. */
const NOT_MANY = 5_000
const COST = 1
/** How much each block says. More of letters forgives more slips; more of meanings helps where examples are few and ours. */
const LENGTHS = [1, 1.3, 1, 1, 1]
const LENGTHS_OF_NOT_MANY = [1, 1.3, 1, 1, 1.5]

/** The parts of a model that scoring needs. */
export interface Core {
  readonly intents: readonly string[]
  readonly knowsOutOfScope: boolean
  readonly book: WordBook
  readonly vocabulary: Vocabulary
  readonly weights: Int8Array
  readonly scales: Float32Array
  readonly bias: Float32Array
}

/**
 * Trains on examples and judges itself on some that it first left out: at least two intents in scope are needed, order does not matter, same
 * examples give the same model. CPU-bound for seconds: run it in a worker thread.
 */
export function trainModel(examples: readonly Example[]): Model {
  const messages = readAll(examples)
  const folds = splitFolds(examples, examples.length <= MOST_FOLDED ? 5 : 10)
  const judged: Judged[] = []
  for (const fold of examples.length <= MOST_FOLDED ? folds : folds.slice(0, 1)) {
    const held = new Set(fold)
    const places = examples.map((_, place) => place).filter((place) => !held.has(place))
    const part = trainCore(
      places.map((place) => examples[place] as Example),
      places.map((place) => messages[place] as string[]),
    ).core
    const scorer = new Scorer(part)
    for (const place of fold) {
      const example = examples[place] as Example
      judged.push({
        place,
        intent: example.intent,
        intents: part.intents,
        knowsOutOfScope: part.knowsOutOfScope,
        margins: scorer.margins(part.book.read(example.text)).slice(),
      })
    }
  }
  const { core, machines } = trainCore(examples, messages)
  const { book: _book, ...data } = core
  const trained: TrainedExample[] = examples.map((example, place) => ({
    ...example,
    words: messages[place] as string[],
    says: machines.says[place] as number,
  }))
  return { ...data, examples: trained, ...calibrate(judged) }
}

/**
 * All examples as words, as their authors typed them but in the right layout: a misspelt example teaches the misspelling. The layout is
 * judged by words that more than one example has, so that «ghbdtn» does not vouch for itself.
 */
function readAll(examples: readonly Example[]): string[][] {
  const plain = new WordBook([])
  const messages = examples.map(({ text }) => plain.readAsTyped(text))
  const uses = new Map<string, number>()
  for (const words of messages) for (const word of new Set(words)) uses.set(word, (uses.get(word) ?? 0) + 1)
  const shared = new WordBook(messages.map((words) => words.filter((word) => (uses.get(word) ?? 0) > 1)))
  return examples.map(({ text }) => shared.readAsTyped(text))
}

function trainCore(
  examples: readonly Example[],
  messages: readonly (readonly string[])[],
): { core: Core; machines: Machines } {
  const intents = [...new Set(examples.map(({ intent }) => intent))]
    .filter((one) => one !== OUT_OF_SCOPE)
    .sort()
  const knowsOutOfScope = examples.some(({ intent }) => intent === OUT_OF_SCOPE)
  const all = knowsOutOfScope ? [...intents, OUT_OF_SCOPE] : intents
  const numbers = new Map(all.map((intent, number) => [intent, number]))
  const classOf = Int32Array.from(examples, ({ intent }) => numbers.get(intent) ?? 0)
  const vocabulary = buildVocabulary(messages, {
    least: examples.length < FEW ? 1 : 2,
    lengths: examples.length < NOT_MANY ? LENGTHS_OF_NOT_MANY : LENGTHS,
  })
  const rows = rowsOf(vocabulary, messages)
  const machines = trainMachines(rows, classOf, all.length, {
    cost: COST,
    ownCost: COST,
    tolerance: 0.5,
    mostPasses: 20,
  })
  addLikelihood(machines.weights, rows, classOf, all.length)
  const { weights, scales } = inBytes(machines.weights, rows.width, all.length)
  const core = {
    intents,
    knowsOutOfScope,
    book: new WordBook(messages),
    vocabulary,
    weights,
    scales,
    bias: machines.bias,
  }
  return { core, machines }
}

/** Weights as bytes with a scale for each feature: a quarter of the memory at the same accuracy. */
function inBytes(
  weights: Float32Array,
  features: number,
  machines: number,
): { weights: Int8Array; scales: Float32Array } {
  const bytes = new Int8Array(weights.length)
  const scales = new Float32Array(features)
  for (let feature = 0; feature < features; feature++) {
    const from = feature * machines
    let most = 1e-9
    for (let at = from; at < from + machines; at++) most = Math.max(most, Math.abs(weights[at] as number))
    scales[feature] = most / 127
    for (let at = from; at < from + machines; at++)
      bytes[at] = Math.round(((weights[at] as number) / most) * 127)
  }
  return { weights: bytes, scales }
}
