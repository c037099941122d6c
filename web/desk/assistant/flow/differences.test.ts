import { expect, test } from 'vitest'
import { differences } from './differences.ts'

test('tells what differs leaf by leaf, what appeared and what went', () => {
  const before = { kind: 'menu', words: { ru: 'Да', en: 'Yes' }, choices: [{ next: 'a' }, { next: 'b' }] }
  const after = { kind: 'menu', words: { ru: 'Нет', en: 'Yes' }, choices: [{ next: 'a' }], urgent: true }
  expect(differences(before, after)).toEqual([
    { path: 'words › ru', before: 'Да', after: 'Нет' },
    { path: 'urgent', before: undefined, after: 'true' },
    { path: 'choices › 2 › next', before: 'b', after: undefined },
  ])
  expect(differences(before, before)).toEqual([])
  expect(differences(null, 'one')).toEqual([{ path: '', before: undefined, after: 'one' }])
})
