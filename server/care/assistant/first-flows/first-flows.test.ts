import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anInput } from '../../../../test/factories/flows.ts'
import { beginDialog, type DialogState, step } from '../engine/index.ts'
import { checkFlow } from '../flows/check-flow.ts'
import { readFlowYaml, writeFlowYaml } from '../flows/flow-yaml.ts'
import { findSilentRounds } from '../flows/silent-rounds.ts'
import { FIRST_FLOWS, readFirstFlow } from './index.ts'

const keys = new Set<string>(FIRST_FLOWS)
const isFirst = (key: string): key is (typeof FIRST_FLOWS)[number] => keys.has(key)
const now = new Date('2026-11-24T09:00:00Z')

describe.each(FIRST_FLOWS)('the flow %s', (key) => {
  const flow = readFirstFlow(key)

  test('may be published as it is', () => expect(checkFlow(flow, keys)).toEqual([]))

  test('leads nowhere from which it is begun again with nobody heard', async () => {
    const textOf = async (other: string) => (isFirst(other) ? readFirstFlow(other) : undefined)
    expect(await findSilentRounds(key, flow, textOf)).toEqual([])
  })

  test('stays what it is through its file', () => expect(readFlowYaml(writeFlowYaml(flow))).toEqual(flow))

  test.each(['ru', 'en'] as const)(
    'never throws, never hangs, and always has a way to a person (%s)',
    (locale) => {
      const began = beginDialog({ flow: key, version: 1, locale, facts: { trust: 0 }, wanted: null })
      fc.assert(
        fc.property(fc.array(anInput, { maxLength: 60 }), (inputs) => {
          let state: DialogState = step(flow, began, { kind: 'begin' }, now).state
          for (const input of inputs) {
            state = step(flow, state, input, now).state
            if (state.phase === 'over') return
            const called = step(
              flow,
              state,
              { kind: 'said', text: '', chosen: null, command: 'person', meant: null },
              now,
            )
            expect(called.effect?.kind).toBe('hand-over')
          }
        }),
        { numRuns: 300 },
      )
    },
  )
})

test('nothing that people want begins two flows', () => {
  const intents = FIRST_FLOWS.flatMap((key) => readFirstFlow(key).intents)
  expect(new Set(intents).size).toBe(intents.length)
})
