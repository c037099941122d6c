import { WordBook } from '../language/word-book.ts'
import { type Model, OUT_OF_SCOPE, type TrainedExample } from './model.ts'
import { probabilityOf, readMargins, sharesOf } from './read-margins.ts'
import { Scorer } from './scorer.ts'
import { Vectorizer } from './vocabulary.ts'

/** How sure the assistant may be: go ahead, ask back once, offer a menu or a person, or it is none of ours. */
export type Verdict = 'sure' | 'half-sure' | 'unsure' | 'out-of-scope'

export interface Classified {
  readonly verdict: Verdict
  /** The likeliest intents, best first; confidence is how probable it is that this is what was meant. Never empty. */
  readonly intents: readonly RankedIntent[]
  /** How far it is from being out of scope, in margins. */
  readonly lead: number
}

export interface Understood extends Omit<Classified, 'lead'> {
  /** The examples of the first intent that spoke loudest for it. */
  readonly because: readonly Reason[]
}

export interface RankedIntent {
  readonly intent: string
  /** 0 … 1; those of all intents together are at most 1. */
  readonly confidence: number
}

/** An example that made it decide: its share of all that spoke for the intent. */
export interface Reason {
  readonly text: string
  readonly share: number
}

const MOST_RANKED = 3
/** A message longer than any that somebody would answer by machine is read from its beginning. */
const MOST_CHARACTERS = 2_000

interface Row {
  readonly example: TrainedExample
  readonly ids: Int32Array
  readonly values: Float32Array
}

/** Understands messages with a model. Nothing is kept of them. */
export class Classifier {
  readonly model: Model
  private readonly book: WordBook
  private readonly scorer: Scorer
  private readonly rowsOfIntent = new Map<string, readonly Row[]>()
  private readonly message: Float32Array

  constructor(model: Model) {
    this.model = model
    this.book = new WordBook(model.examples.map(({ words }) => words))
    this.scorer = new Scorer(model)
    this.message = new Float32Array(model.vocabulary.weights.length)
  }

  /** What a message wants and which examples made it so. Any text in any language is allowed. */
  understand(text: string): Understood {
    const { verdict, intents } = this.classify(text)
    return { verdict, intents, because: this.explain(text, intents[0]?.intent ?? '') }
  }

  /** What a message wants; one without any known feature is out of scope. */
  classify(text: string): Classified {
    const { intents, calibration } = this.model
    const margins = this.scorer.margins(this.book.read(text.slice(0, MOST_CHARACTERS)))
    const { order, score } = readMargins(margins, intents.length, MOST_RANKED)
    const shares = sharesOf(margins, intents.length, calibration.sharpness, order)
    const best = shares[0] ?? 0
    const right = probabilityOf(calibration.right, score, best)
    const ranked = order.map((one, nth) => ({
      intent: intents[one] ?? '',
      confidence: nth === 0 ? right : Math.min(right, (1 - right) * rest(shares, nth)),
    }))
    const isOutside = score < calibration.leastScore || this.scorer.vectorizer.size === 0
    return { verdict: isOutside ? OUT_OF_SCOPE : verdictOf(right, calibration), intents: ranked, lead: score }
  }

  /** The examples of an intent that speak loudest for a message, at most so many: of the sum that the machine makes of them, each one's share. */
  explain(text: string, intent: string, most = 3): Reason[] {
    const rows = this.rowsOf(intent)
    const { vectorizer } = this.scorer
    vectorizer.read(this.book.read(text.slice(0, MOST_CHARACTERS)))
    const { message } = this
    for (let at = 0; at < vectorizer.size; at++)
      message[vectorizer.ids[at] as number] = vectorizer.values[at] as number
    const said = rows.map(({ example, ids, values }) => {
      let likeness = 0
      for (let at = 0; at < ids.length; at++)
        likeness += (values[at] as number) * (message[ids[at] as number] as number)
      return { text: example.text, weight: likeness * example.says }
    })
    for (let at = 0; at < vectorizer.size; at++) message[vectorizer.ids[at] as number] = 0
    const all = said.reduce((sum, { weight }) => sum + weight, 0)
    return said
      .filter(({ weight }) => weight > 0)
      .sort((a, b) => b.weight - a.weight)
      .slice(0, most)
      .map(({ text: example, weight }) => ({ text: example, share: weight / all }))
  }

  /** Examples as rows are made when an intent is first explained: most never are. */
  private rowsOf(intent: string): readonly Row[] {
    const known = this.rowsOfIntent.get(intent)
    if (known !== undefined) return known
    const vectorizer = new Vectorizer(this.model.vocabulary)
    const rows = this.model.examples
      .filter((example) => example.intent === intent && example.says > 0)
      .map((example) => {
        vectorizer.read(example.words)
        return {
          example,
          ids: vectorizer.ids.slice(0, vectorizer.size),
          values: vectorizer.values.slice(0, vectorizer.size),
        }
      })
    this.rowsOfIntent.set(intent, rows)
    return rows
  }
}

/** What is left when the best is wrong goes to the others by their shares. */
function rest(shares: readonly number[], nth: number): number {
  const others = 1 - (shares[0] ?? 0)
  return others <= 0 ? 0 : (shares[nth] ?? 0) / others
}

function verdictOf(
  confidence: number,
  { sure, halfSure }: { readonly sure: number; readonly halfSure: number },
): Verdict {
  if (confidence >= sure) return 'sure'
  return confidence >= halfSure ? 'half-sure' : 'unsure'
}
