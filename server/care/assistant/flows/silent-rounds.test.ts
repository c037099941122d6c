import { expect, test } from 'vitest'
import type { Flow, FlowNode } from '../../../../contracts/flows.ts'
import { findSilentRounds } from './silent-rounds.ts'

const words = (ru: string) => ({ ru, en: ru })
const go = (flow: string): FlowNode => ({ kind: 'go', flow })
const say = (next: string): FlowNode => ({ kind: 'say', words: words('Скажу'), next })
const menu = (next: string): FlowNode => ({
  kind: 'menu',
  words: words('Куда?'),
  choices: [{ title: words('Сюда'), next }],
})
const aFlow = (nodes: Flow['nodes']): Flow => ({
  title: words('Проба'),
  intents: [],
  start: 'one',
  slots: {},
  nodes,
})
const rounds = async (nodes: Flow['nodes'], others: Readonly<Record<string, Flow['nodes']>> = {}) => {
  const texts = new Map(Object.entries(others).map(([key, text]) => [key, aFlow(text)]))
  const found = await findSilentRounds('mine', aFlow(nodes), async (key) => texts.get(key))
  return found.map(({ node, problem, about }) => `${node} ${problem} ${about}`)
}

test('a flow that goes to itself without hearing anybody goes round', async () => {
  expect(await rounds({ one: say('two'), two: go('mine') })).toEqual(['two endless-loop mine'])
  expect(await rounds({ one: menu('two'), two: go('mine') })).toEqual([])
})

test('so does one that others send back to it, however many there are', async () => {
  const back = { first: { one: say('two'), two: go('second') }, second: { one: go('mine') } }
  expect(await rounds({ one: go('first') }, back)).toEqual(['one endless-loop first'])
  expect(await rounds({ one: go('second') }, back)).toEqual(['one endless-loop second'])
  expect(
    await rounds({ one: go('first') }, { ...back, second: { one: menu('two'), two: go('mine') } }),
  ).toEqual([])
})

test('a round of others, to which it only leads, is theirs; one that there is not ends', async () => {
  const theirs = { first: { one: go('second') }, second: { one: go('first') } }
  expect(await rounds({ one: go('first') }, theirs)).toEqual([])
  expect(await rounds({ one: go('gone') })).toEqual([])
})
