/** Random inputs of every kind to every shipped flow, for two minutes: whether any dialog throws, gets stuck or has no way to a person. */
import { fuzzFlows } from './harness/fuzz-flows.ts'
import { begin, report } from './harness/index.ts'

await begin(async ({ quick }) => {
  const ms = quick ? 5_000 : 120_000
  const seed = Date.now()
  const { dialogs, steps, endings, nodes } = fuzzFlows({ ms, seed })
  report({
    name: 'fuzz-flows',
    value: dialogs,
    unit: 'dialogs',
    baseline: null,
    ratio: null,
    steps,
    broken: 0,
    ...endings,
    ...nodes,
    seed,
  })
})
