import { Classifier, type Example, OUT_OF_SCOPE, trainModel } from '../../server/care/assistant/index.ts'
import { say } from './begin.ts'

export interface Trained {
  /** The best intent in scope, how far a message is from being out of scope, and whether it is taken for that. */
  readonly classify: (
    text: string,
  ) => Promise<{ readonly intent: string; readonly score: number; readonly isOutside: boolean }>
}

export interface Candidate {
  readonly name: string
  /** With more examples than this it takes minutes or longer. */
  readonly most?: number
  readonly train: (examples: readonly Example[]) => Promise<Trained>
}

/** What Otklik ships. */
export const shipped: Candidate = {
  name: 'otklik',
  train: async (examples) => {
    const classifier = new Classifier(trainModel(examples))
    return {
      classify: async (text) => {
        const { verdict, intents, lead } = classifier.classify(text)
        return { intent: intents[0]?.intent ?? '', score: lead, isOutside: verdict === OUT_OF_SCOPE }
      },
    }
  },
}

/** Words alone and their likelihood: what anything more has to be worth. */
const naiveBayes: Candidate = {
  name: 'naive-bayes',
  train: async (examples) => {
    const counts = new Map<string, Map<string, number>>()
    const totals = new Map<string, number>()
    const known = new Set<string>()
    for (const { text, intent } of examples) {
      const own = counts.get(intent) ?? new Map<string, number>()
      counts.set(intent, own)
      for (const word of wordsOf(text)) {
        own.set(word, (own.get(word) ?? 0) + 1)
        totals.set(intent, (totals.get(intent) ?? 0) + 1)
        known.add(word)
      }
    }
    return scored((text) => {
      const words = wordsOf(text).filter((word) => known.has(word))
      return [...counts].map(([intent, own]) => {
        const total = (totals.get(intent) ?? 0) + 0.1 * known.size
        const score = words.reduce((sum, word) => sum + Math.log(((own.get(word) ?? 0) + 0.1) / total), 0)
        return { intent, score: score / Math.max(1, words.length) }
      })
    })
  },
}

interface NlpManager {
  addDocument(language: string, text: string, intent: string): void
  train(): Promise<void>
  process(language: string, text: string): Promise<{ classifications: { intent: string; score: number }[] }>
}

const nlpJs = async (): Promise<Candidate> => {
  const { NlpManager } = (await load('node-nlp')) as { NlpManager: new (settings: object) => NlpManager }
  return {
    name: 'nlp.js',
    most: 3_000,
    train: async (examples) => {
      const manager = new NlpManager({
        languages: ['en', 'ru'],
        autoSave: false,
        nlu: { log: false, useNoneFeature: false },
        ner: { useDuckling: false },
      })
      for (const { text, intent } of examples) manager.addDocument(languageOf(text), text, intent)
      await manager.train()
      return scored(async (text) => (await manager.process(languageOf(text), text)).classifications)
    },
  }
}

interface FastText {
  trainSupervised(url: string, settings: object, told: () => void): Promise<FastTextModel>
}
interface FastTextModel {
  predict(text: string, most: number, least: number): { size(): number; get(at: number): [number, string] }
}

const fastText = async (): Promise<Candidate> => {
  const { getFastTextClass, getFastTextModule } = (await load('fasttext.wasm.js')) as {
    getFastTextClass: (settings: object) => Promise<new () => FastText>
    getFastTextModule: unknown
  }
  return {
    name: 'fasttext',
    train: async (examples) => {
      const engine = new (await getFastTextClass({ getFastTextModule }))()
      const lines = examples
        .map(({ text, intent }) => `__label__${intent} ${wordsOf(text).join(' ')}`)
        .join('\n')
      const url = `data:text/plain;base64,${Buffer.from(lines).toString('base64')}`
      const settings = {
        lr: 1,
        epoch: 50,
        dim: 50,
        wordNgrams: 2,
        minn: 2,
        maxn: 5,
        bucket: 100_000,
        minCount: 1,
      }
      const model = await engine.trainSupervised(url, { ...settings, loss: 'softmax' }, () => undefined)
      return scored((text) => {
        const found = model.predict(wordsOf(text).join(' '), 3, 0)
        return Array.from({ length: found.size() }, (_, at) => {
          const [score, label] = found.get(at)
          return { intent: label.replace('__label__', '').trim(), score }
        })
      })
    },
  }
}

/** The shipped engine, the plainest one, and those of others that are installed: `npm install --no-save node-nlp fasttext.wasm.js`. */
export async function candidates(): Promise<Candidate[]> {
  const found = [shipped, naiveBayes]
  for (const open of [nlpJs, fastText]) {
    try {
      found.push(await open())
    } catch (error) {
      say(`left out: ${(error as Error).message.split('\n')[0]}`)
    }
  }
  return found
}

/** A candidate that only scores: the best in scope is the answer, out of scope is taken where it scores best. */
function scored(
  score: (
    text: string,
  ) => readonly { intent: string; score: number }[] | Promise<readonly { intent: string; score: number }[]>,
): Trained {
  return {
    classify: async (text) => {
      const falling = [...(await score(text))].sort((a, b) => b.score - a.score)
      const best = falling.find(({ intent }) => intent !== OUT_OF_SCOPE && intent !== 'None')
      return {
        intent: best?.intent ?? '',
        score: best?.score ?? Number.NEGATIVE_INFINITY,
        isOutside: best === undefined || falling[0]?.intent === OUT_OF_SCOPE,
      }
    },
  }
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []
const languageOf = (text: string): string => (/[а-яё]/i.test(text) ? 'ru' : 'en')
/** What may not be installed is looked for when it is wanted. */
const load = (name: string): Promise<unknown> => import(name)
