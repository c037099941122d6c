import { describe, expect, test } from 'vitest'
import { differences } from './differences.ts'

describe('what differs between two records', () => {
  test('is told field by field; what stayed is left out', () => {
    expect(
      differences(
        { name: 'Анна', roles: ['agent'], days: 3 },
        { name: 'Анна', roles: ['agent', 'admin'], days: 3 },
      ),
    ).toEqual([{ path: ['roles'], from: ['agent'], to: ['agent', 'admin'] }])
  })

  test('is everything of what was made, and of what is gone', () => {
    expect(differences(null, { on: false })).toEqual([{ path: ['on'], from: undefined, to: false }])
    expect(differences({ on: false }, null)).toEqual([{ path: ['on'], from: false, to: undefined }])
  })

  test('is told where it stands, however deep, and not what nobody changed', () => {
    expect(
      differences(
        { id: '1', settings: { imap: { host: 'a', port: 993 } }, health: { checkedAt: 'then' } },
        { id: '2', settings: { imap: { host: 'b', port: 993 } }, health: { checkedAt: 'now' } },
      ),
    ).toEqual([{ path: ['settings', 'imap', 'host'], from: 'a', to: 'b' }])
  })

  test('stands under the names of a list’s records', () => {
    const rules = (days: number) => [
      { what: 'bodies', days },
      { what: 'drafts', days: 30 },
    ]
    expect(differences(rules(30), rules(90))).toEqual([{ path: ['bodies', 'days'], from: 30, to: 90 }])
  })

  test('is one nameless value where they are no records', () => {
    expect(differences('a', 'b')).toEqual([{ path: [], from: 'a', to: 'b' }])
  })

  test('is nothing where nothing was kept', () => {
    expect(differences(null, null)).toEqual([])
  })
})
