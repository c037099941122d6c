import { expect, test } from 'vitest'
import { fuzzFlows } from '../../bench/harness/fuzz-flows.ts'

test('whatever is said to whichever flow, nobody gets stuck and a person is always within reach', {
  timeout: 180_000,
}, () => {
  const { dialogs, endings, nodes } = fuzzFlows({ ms: 30_000, mostMs: 120_000, seed: Date.now() })
  expect(dialogs).toBeGreaterThan(1_000)
  expect(endings.people).toBeGreaterThan(0)
  expect(endings.end).toBeGreaterThan(0)
  expect(nodes.missed).toEqual([])
})
