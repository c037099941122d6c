import { validate, version } from 'uuid'
import { describe, expect, test } from 'vitest'
import { manualClock } from './clock.ts'
import { newId } from './identifiers.ts'

describe('an identifier', () => {
  test('sorts after every earlier one, also within a millisecond', () => {
    const clock = manualClock('2026-11-25T09:00:00Z')
    const made: string[] = []
    for (let n = 0; n < 2000; n++) {
      made.push(newId(clock))
      if (n % 700 === 699) clock.advance(1)
    }
    expect(made.every((id) => validate(id) && version(id) === 7)).toBe(true)
    expect([...made].sort()).toEqual(made)
    expect(new Set(made).size).toBe(made.length)
  })

  test('begins with the milliseconds of its clock', () => {
    const clock = manualClock(new Date(0x0123456789ab))
    expect(newId(clock)).toMatch(/^01234567-89ab-7/)
  })
})
