import { describe, expect, test } from 'vitest'
import {
  add,
  bringBack,
  change,
  countChanges,
  draftOf,
  faultOf,
  rebase,
  remove,
  retiredOf,
  type Tree,
  takeBack,
  walk,
} from './topics-draft.ts'

const topic = (id: string, parentId: string | null = null, retired = false) => ({
  id,
  parentId,
  key: id,
  title: { ru: `Тема ${id}`, en: `Topic ${id}` },
  retired,
})
const tree = (version: number, ...topics: ReturnType<typeof topic>[]): Tree => ({
  version,
  publishedAt: '2026-01-01T00:00:00.000Z',
  publishedBy: 'Павел',
  topics,
})
const first = tree(1, topic('money'), topic('refund', 'money'), topic('deep', 'refund'), topic('sim'))
const titled = (ru: string) => ({ title: { ru, en: ru } })
const keys = (draft: { topics: readonly { key: string }[] }) => draft.topics.map(({ key }) => key)

describe('a draft of the topic tree', () => {
  test('counts what is new, changed and taken out', () => {
    const draft = draftOf(first)
    expect(countChanges(draft)).toBe(0)
    expect(countChanges(change(remove(add(draft, 'new', null), 'deep'), 'sim', titled('Сим')))).toBe(3)
  })

  test('takes a topic out with all in it, and brings it back', () => {
    const without = remove(draftOf(first), 'money')
    expect(keys(without)).toEqual(['sim'])
    expect(keys(takeBack(without))).toEqual(['money', 'refund', 'deep', 'sim'])
    expect(keys(remove(draftOf(first), 'deep'))).toEqual(['money', 'refund', 'sim'])
  })

  test('lets a retired topic come back, to the top when what it lay in is gone', () => {
    const draft = draftOf(tree(2, topic('sim'), topic('money', null, true), topic('refund', 'money', true)))
    expect(keys(draft)).toEqual(['sim'])
    const [, refund] = retiredOf(draft)
    const back = bringBack(draft, refund!)
    expect(back.topics.at(-1)).toMatchObject({ id: 'refund', parentId: null })
    expect(retiredOf(back).map(({ id }) => id)).toEqual(['money'])
  })

  test('says what is wrong with a topic', () => {
    const draft = draftOf(tree(2, topic('sim'), topic('money', null, true)))
    const faults = (key: string, ru = 'Имя') => {
      const next = change(add(draft, 'new', null), 'new', { key, ...titled(ru) })
      return faultOf(next, next.topics.at(-1)!)
    }
    expect(faults('fresh')).toBeNull()
    expect(faults('fresh', ' ')).toBe('empty')
    expect(faults('Свежий ключ')).toBe('key')
    expect(faults('sim')).toBe('twice')
    expect(faults('money')).toBe('retired')
  })
})

describe('moved onto a newer version', () => {
  const newer = tree(
    2,
    { ...topic('money'), title: { ru: 'Деньги', en: 'Money' } },
    topic('refund', 'money', true),
    topic('deep', 'refund', true),
    topic('sim'),
    topic('market'),
  )

  test('keeps what was written here and all that was published there', () => {
    const mine = change(add(draftOf(first), 'new', 'sim'), 'sim', titled('Сим-карты'))
    const moved = rebase(mine, newer)
    expect(moved.base.version).toBe(2)
    expect(keys(moved)).toEqual(['money', 'sim', 'market', ''])
    expect(moved.topics.map(({ title }) => title.ru)).toEqual(['Деньги', 'Сим-карты', 'Тема market', ''])
  })

  test('keeps what was changed here and taken out there, at the top when it has lost its place', () => {
    const moved = rebase(change(draftOf(first), 'deep', titled('Глубина')), newer)
    expect(moved.topics.at(-1)).toMatchObject({ id: 'deep', parentId: null, title: { ru: 'Глубина' } })
  })

  test('leaves out what was taken out here', () => {
    expect(keys(rebase(remove(draftOf(first), 'sim'), newer))).toEqual(['money', 'market'])
  })

  test('shows what lies in nothing that is known, so that nothing is out of reach', () => {
    expect(walk([topic('lost', 'nobody')]).map(([one, depth]) => [one.id, depth])).toEqual([['lost', 0]])
  })
})
