import { describe, expect, test } from 'vitest'
import { differences } from './differences.ts'

describe('what differs between two records', () => {
  test('is told field by field; what stayed is left out', () => {
    expect(
      differences(
        { name: 'Анна', roles: ['agent'], days: 3 },
        { name: 'Анна', roles: ['agent', 'admin'], days: 3 },
      ),
    ).toEqual([{ field: 'roles', from: 'agent', to: 'agent, admin' }])
  })

  test('is everything of what was made, and of what is gone', () => {
    expect(differences(null, { on: false })).toEqual([{ field: 'on', from: undefined, to: 'false' }])
    expect(differences({ on: false }, null)).toEqual([{ field: 'on', from: 'false', to: undefined }])
  })

  test('is one nameless field where they are no records', () => {
    expect(differences([{ what: 'bodies', days: 30 }], [{ what: 'bodies', days: 90 }])).toEqual([
      { field: '', from: '{"what":"bodies","days":30}', to: '{"what":"bodies","days":90}' },
    ])
  })

  test('is nothing where nothing was kept', () => {
    expect(differences(null, null)).toEqual([])
  })
})
