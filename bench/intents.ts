/** What messages want: how often it is understood, what is out of scope, seconds to train and microseconds a message. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type Example, macroF1Of, OUT_OF_SCOPE, readFirstExamples } from '../server/care/assistant/index.ts'
import { begin, report, say } from './harness/index.ts'
import { type Candidate, candidates, shipped, type Trained } from './harness/intent-candidates.ts'
import { inOtherKeys, misspelt } from './harness/misspell.ts'

/** How much of what is in scope has to be understood where out-of-scope recall is told. */
const KEEP = 0.92
const LEAST_WARM = 200

const { values } = parseArgs({
  options: {
    train: { type: 'string' },
    test: { type: 'string' },
    quick: { type: 'boolean' },
    json: { type: 'boolean' },
  },
})

await begin(async () => {
  if (values.train !== undefined && values.test !== undefined) {
    const [train, test] = [await readLines(values.train), await readLines(values.test)]
    report({ name: 'intents', ...(await judge(shipped, train, test)) })
    return
  }
  const all = await candidates()
  for (const set of values.quick ? ['banking77'] : ['banking77', 'clinc150']) {
    const folder = path.resolve('test/fixtures/intents', set)
    const [train, test] = [
      await readLines(path.join(folder, 'train.jsonl')),
      await readLines(path.join(folder, 'val.jsonl')),
    ]
    for (const candidate of all) {
      if (train.length > (candidate.most ?? Number.POSITIVE_INFINITY)) continue
      say(`${set}: ${candidate.name} …`)
      const name = candidate === shipped ? `intents.${set}` : `intents.${set}.${candidate.name}`
      report({ name, ...(await judge(candidate, train, test)) })
    }
  }
  // One in five of our own examples, in the order of the files, is what is judged.
  const own = await readFirstExamples()
  const isHeld = (_: Example, at: number) => at % 5 === 0
  const [train, test] = [own.filter((one, at) => !isHeld(one, at)), own.filter(isHeld)]
  for (const candidate of all) {
    const name = candidate === shipped ? 'intents.telecom' : `intents.telecom.${candidate.name}`
    report({ name, ...(await judge(candidate, train, test)) })
  }
})

/** Examples of a file, a JSON object a line; `oos` is out of scope. */
async function readLines(file: string): Promise<Example[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '')
  return lines.map((line) => {
    const { text, intent } = JSON.parse(line) as Example
    return { text, intent: intent === 'oos' ? OUT_OF_SCOPE : intent }
  })
}

async function judge(candidate: Candidate, train: readonly Example[], test: readonly Example[]) {
  const before = process.cpuUsage()
  const trained = await candidate.train(train)
  const cpu = process.cpuUsage(before)
  const inScope = test.filter(({ intent }) => intent !== OUT_OF_SCOPE)
  const outside = test.filter(({ intent }) => intent === OUT_OF_SCOPE)
  for (const { text } of test.slice(0, LEAST_WARM)) await trained.classify(text)
  const from = performance.now()
  const taken: Taken[] = []
  for (const { text, intent } of inScope) taken.push({ ...(await trained.classify(text)), was: intent })
  const strangers: Taken[] = []
  for (const { text, intent } of outside) strangers.push({ ...(await trained.classify(text)), was: intent })
  const micros = ((performance.now() - from) * 1000) / Math.max(1, test.length)
  const accuracy = share(taken, isRight)
  return {
    value: accuracy,
    unit: 'share understood',
    baseline: null,
    ratio: null,
    accuracy,
    macroF1: macroF1Of(taken.map(({ was, intent }) => [was, intent])),
    // By the threshold that training chose, without a look at these messages.
    oosRecall: outside.length === 0 ? null : share(strangers, ({ isOutside }) => isOutside),
    accuracyKept: share(taken, (one) => isRight(one) && !one.isOutside),
    // By the best threshold for these messages: what the scores could do.
    oosRecallAt92: recallAt(taken, strangers),
    accuracyMisspelt: await accuracyOf(trained, inScope, misspelt),
    accuracyOtherLayout: await accuracyOf(trained, inScope, inOtherKeys),
    // Of the processor, training's own check on examples it leaves out included.
    trainSeconds: (cpu.user + cpu.system) / 1e6,
    microsPerMessage: micros,
    examples: train.length,
    messages: test.length,
  }
}

interface Taken {
  readonly was: string
  readonly intent: string
  readonly score: number
  readonly isOutside: boolean
}

function isRight({ was, intent }: Taken): boolean {
  return was === intent
}

function share<T>(all: readonly T[], is: (one: T) => boolean): number {
  return all.length === 0 ? 0 : all.filter(is).length / all.length
}

/** Out-of-scope recall where 92 % of what is in scope is still understood; null where that cannot be. */
function recallAt(taken: readonly Taken[], strangers: readonly Taken[]): number | null {
  const scores = taken
    .filter(isRight)
    .map(({ score }) => score)
    .sort((a, b) => b - a)
  const least = scores[Math.ceil(KEEP * taken.length) - 1]
  if (least === undefined || strangers.length === 0) return null
  return share(strangers, ({ score }) => score < least)
}

async function accuracyOf(
  trained: Trained,
  messages: readonly Example[],
  change: (text: string, at: number) => string,
): Promise<number> {
  let right = 0
  for (const [at, { text, intent }] of messages.entries())
    if ((await trained.classify(change(text, at))).intent === intent) right++
  return right / Math.max(1, messages.length)
}
