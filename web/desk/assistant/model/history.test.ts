import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { change, historyOf, redo, undo } from './history.ts'

describe('what was changed', () => {
  test('is taken back one by one and done again', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uniqueArray(fc.integer(), { minLength: 1 }), { minLength: 1 }),
        ([texts = []]) => {
          const [first = 0, ...rest] = texts
          const all = rest.reduce((history, next) => change(history, next), historyOf(first))
          const back = rest.reduce((history) => undo(history), all)
          expect(back.now).toBe(first)
          expect(rest.reduce((history) => redo(history), back).now).toBe(all.now)
          expect(undo(back).now).toBe(first)
        },
      ),
    )
  })

  test('in one field without a stop is taken back at once; in another it is another change', () => {
    const typed = ['П', 'Пр', 'При'].reduce((history, text) => change(history, text, 'ru'), historyOf(''))
    expect(undo(typed).now).toBe('')
    expect(undo(change(typed, 'Hi', 'en')).now).toBe('При')
    expect(change(undo(typed), 'П', 'ru').past).toEqual([''])
  })

  test('and changed otherwise after taking back leaves nothing to do again', () => {
    const changed = change(undo(change(historyOf(1), 2)), 3)
    expect(redo(changed).now).toBe(3)
  })
})
