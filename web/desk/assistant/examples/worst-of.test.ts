import { describe, expect, test } from 'vitest'
import { adviceOn, type Confusion, worstOf } from './worst-of.ts'

const pair = (intent: string, understoodAs: string, count: number): Confusion => ({
  intent,
  understoodAs,
  count,
  texts: [],
})

describe('the worst confusions', () => {
  test('name the intents of the worst pairs first, never half a pair for want of room', () => {
    const pairs = [pair('a', 'b', 9), pair('c', 'd', 7), pair('b', 'a', 5), pair('a', 'c', 3)]
    expect(worstOf(pairs, 4)).toEqual(['a', 'b', 'c', 'd'])
    expect(worstOf(pairs, 3)).toEqual(['a', 'b', 'c'])
    expect(worstOf([], 4)).toEqual([])
  })

  test('are advised on by what they are', () => {
    const enough = { examples: 60, back: 0 }
    expect(adviceOn(pair('a', 'out-of-scope', 4), enough)).toBe('learn-stranger')
    expect(adviceOn(pair('out-of-scope', 'a', 4), enough)).toBe('name-stranger')
    expect(adviceOn(pair('a', 'b', 4), { examples: 12, back: 4 })).toBe('few')
    expect(adviceOn(pair('a', 'b', 4), { examples: 60, back: 2 })).toBe('both-ways')
    expect(adviceOn(pair('a', 'b', 4), { examples: 60, back: 1 })).toBe('one-way')
  })
})
