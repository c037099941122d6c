import { describe, expect, test } from 'vitest'
import { nextOf } from './next-of.ts'

describe('the next conversation', () => {
  test('is the one below, and after the last one the first', () => {
    expect(nextOf('b', [], ['a', 'b', 'c'])).toBe('c')
    expect(nextOf('c', [], ['a', 'b', 'c'])).toBe('a')
  })

  test('is the one that stood below when this one has left the list', () => {
    expect(nextOf('b', ['a', 'b', 'c', 'd'], ['a', 'd'])).toBe('d')
    expect(nextOf('b', ['a', 'b'], ['new', 'a'])).toBe('new')
  })

  test('is the first for one that never stood in the list', () => {
    expect(nextOf('x', [], ['a', 'b'])).toBe('a')
  })

  test('is none when there is no other', () => {
    expect(nextOf('a', ['a'], ['a'])).toBeUndefined()
    expect(nextOf('a', ['a'], [])).toBeUndefined()
  })
})
