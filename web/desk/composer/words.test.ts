import { describe, expect, test } from 'vitest'
import { takeBack } from './words.ts'

const empty = { text: '', laneId: 'a', note: false, attachments: [] }

describe('words that come back', () => {
  test('stand before what was written since, at their own door', () => {
    const written = { ...empty, text: 'И ещё' }
    const words = { text: 'Добрый день', laneId: 'b', note: false, attachments: [] }
    expect(takeBack(written, words)).toEqual({ ...empty, text: 'Добрый день\nИ ещё', laneId: 'b' })
    expect(takeBack(empty, words).text).toBe('Добрый день')
  })

  test('never turn a note into an answer', () => {
    const reply = { text: 'Добрый день', laneId: 'a', note: false, attachments: [] }
    const note = { text: 'грубит', laneId: null, note: true, attachments: [] }
    expect(takeBack({ ...empty, text: 'грубит', note: true }, reply).note).toBe(true)
    expect(takeBack({ ...empty, text: 'Добрый день' }, note).note).toBe(true)
    expect(takeBack({ ...empty, note: true }, reply).note).toBe(false)
  })
})
