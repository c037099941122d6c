import type { Clock } from '../../../../platform/clock.ts'
import type { Db } from '../../../../platform/database/index.ts'
import { type Loop, startLoop } from '../../../../platform/loop.ts'
import { Classifier, type Understood } from '../model/classifier.ts'
import { type Model, OUT_OF_SCOPE } from '../model/model.ts'
import { allExamples, readRevision } from './store.ts'
import { trainInThread } from './train-in-thread.ts'

export interface LiveDeps {
  readonly db: Db
  readonly clock: Clock
  /** What failed while learning: the model before goes on serving. */
  readonly onDefect: (error: unknown) => void
}

export interface TrainingState {
  /** Up to which change of the examples the serving model knows them; null = none serves yet. */
  readonly trained: number | null
  readonly training: boolean
  readonly trainedAt: Date | null
  readonly seconds: number | null
  readonly failure: 'too-few-examples' | 'defect' | null
  readonly model: Model | null
  /** What was understood of each held-out example, by the example's id. */
  readonly heldOut: ReadonlyMap<string, string>
}

/** The understanding that serves: it learns what designers teach, by itself, while it goes on serving. */
export interface LiveUnderstanding {
  /** What a message wants. Before the first training is done nothing is: `unsure`, without intents; asking begins it. */
  understand(text: string): Understood
  state(): TrainingState
  /** It will be needed, or examples changed: learn now rather than at the next poll. */
  wake(): void
  /** Resolves when everything taught by now is learned. For tests, and for whoever cannot do without. */
  drain(): Promise<void>
  stop(): Promise<void>
}

/** Other nodes' changes are seen this late. */
const POLL_MS = 3_000
/** What a designer adds in a row is learned together. */
const REST_MS = 500
const LEAST_INTENTS = 2
const NOTHING: Understood = { verdict: 'unsure', intents: [], because: [] }

/** Learns what is taught from the first time that it is needed on, and keeps up with it until stopped. */
export function startUnderstanding({ db, clock, onDefect }: LiveDeps): LiveUnderstanding {
  const stopping = new AbortController()
  let classifier: Classifier | undefined
  let state: TrainingState = {
    trained: null,
    training: false,
    trainedAt: null,
    seconds: null,
    failure: null,
    model: null,
    heldOut: new Map(),
  }
  /** The last revision that was tried, learned or not: a defect is not tried over and over. */
  let tried: number | null = null

  async function learn(): Promise<number> {
    const revision = await readRevision(db)
    if (revision === tried) return 0
    const examples = await allExamples(db)
    const intents = new Set(examples.map(({ intent }) => intent).filter((intent) => intent !== OUT_OF_SCOPE))
    tried = revision
    if (intents.size < LEAST_INTENTS) {
      state = { ...state, failure: 'too-few-examples' }
      return 0
    }
    state = { ...state, training: true }
    const from = performance.now()
    try {
      const model = await trainInThread(examples, stopping.signal)
      classifier = new Classifier(model)
      state = {
        trained: revision,
        training: false,
        trainedAt: clock.now(),
        seconds: (performance.now() - from) / 1000,
        failure: null,
        model,
        heldOut: new Map(
          model.quality.heldOut.map(({ place, understoodAs }) => [examples[place]?.id ?? '', understoodAs]),
        ),
      }
    } catch (error) {
      state = { ...state, training: false, failure: 'defect' }
      if (!stopping.signal.aborted) onDefect(error)
    }
    return 1
  }

  let loop: Loop | undefined
  const begun = (): Loop => {
    loop ??= startLoop({ work: learn, pollMs: POLL_MS, onError: onDefect, restMs: REST_MS })
    return loop
  }
  return {
    understand: (text) => {
      if (classifier === undefined && !stopping.signal.aborted) begun()
      return classifier?.understand(text) ?? NOTHING
    },
    state: () => state,
    wake: () => begun().wake(),
    drain: () => begun().drain(),
    stop: async () => {
      stopping.abort()
      await loop?.stop()
    },
  }
}
