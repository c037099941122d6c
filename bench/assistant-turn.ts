/**
 * Steps of the assistant's engine in one thread, without I/O, on recorded inputs of the shipped flows; at least a third of them are answers
 * that are judged. `listen` beside it: the same, with the words read by their forms first. `whole`: from the webhook to the committed answer.
 */
import { listen, step } from '../server/care/assistant/index.ts'
import { begin, createQuiet, report, say, summarize } from './harness/index.ts'
import { measureWholeTurns } from './harness/measure-whole-turns.ts'
import { EARS, NOW, type Recorded, recordDialogs } from './programs/record-dialogs.ts'

/** Wanted by the design. */
const WANTED_PER_SECOND = 100_000
const LEAST_JUDGED = 1 / 3

await begin(async (settings) => {
  const { quick } = settings
  const [rounds, seconds] = quick ? [3, 0.3] : [7, 2]
  const recorded = recordDialogs()
  const said = recorded.filter((one) => one.said !== null)
  const judged = recorded.filter((one) => one.judged).length / recorded.length
  if (judged < LEAST_JUDGED) throw new Error(`only ${judged} of the steps judge an answer`)
  const ways = {
    'assistant-turn': () =>
      run(recorded, seconds, ({ flow, before, input }) => step(flow, before, input, NOW)),
    'assistant-turn.listen': () =>
      run(said, seconds, ({ flow, before, said: text }) =>
        step(flow, before, listen(flow, before, { text: text ?? '', choice: null }, EARS, NOW), NOW),
      ),
  }
  const quiet = createQuiet()
  const results = new Map(Object.keys(ways).map((name) => [name, [] as number[]]))
  const foreign: number[] = []
  for (let round = 0; round <= rounds; round++) {
    for (const [name, way] of Object.entries(ways)) {
      const done = await quiet.during(async () => ({ perSecond: way() }))
      // The first round warms up.
      if (round === 0) continue
      results.get(name)?.push(done.perSecond)
      foreign.push(done.foreign)
    }
    say(`${round}/${rounds}`)
  }
  for (const [name, perSecond] of results) {
    const { median, low, high } = summarize(perSecond)
    const baseline = name === 'assistant-turn' ? WANTED_PER_SECOND : null
    const ratio = baseline === null ? null : median / baseline
    const sizes = { steps: recorded.length, judged, foreign: summarize(foreign).median }
    report({ name, value: median, unit: 'steps/s', baseline, ratio, low, high, ...sizes })
  }
  await measureWholeTurns(settings)
})

/** Steps a second, for as long as given. */
function run(
  steps: readonly Recorded[],
  seconds: number,
  take: (one: Recorded) => { state: object },
): number {
  const from = performance.now()
  let taken = 0
  let seen = 0
  do {
    for (const one of steps) if (take(one).state) seen++
    taken += steps.length
  } while (performance.now() - from < seconds * 1000)
  if (seen !== taken) throw new Error('a step was lost')
  return (taken / (performance.now() - from)) * 1000
}
