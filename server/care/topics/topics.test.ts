import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { manualClock } from '../../platform/clock.ts'
import { inTransaction } from '../../platform/database/index.ts'
import { type PublishTopics, publishTopicTree, readTopicTree, seedTopics, topTopicOf } from './index.ts'

const clock = manualClock('2026-11-24T09:00:00Z')
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await seedTopics(database.db, clock, 'Otklik')
})
afterAll(() => database.drop())

const publish = (basedOn: number, topics: PublishTopics['topics']) =>
  inTransaction(database.db, (tx) => publishTopicTree(tx, clock, { basedOn, topics, by: 'Дизайнер' }))
const tree = () => readTopicTree(database.db)
const inForce = async () => (await tree()).topics.filter((topic) => !topic.retired)

describe('the topic tree', () => {
  test('starts with the topics that people really bring, those beyond the frame included', async () => {
    const keys = (await tree()).topics.map(({ key }) => key)
    expect(keys).toEqual(
      expect.arrayContaining(['tariffs', 'money', 'lost-documents', 'ambulance', 'groceries', 'recipe']),
    )
    expect(await seedTopics(database.db, clock, 'Otklik')).toBe(false)
  })

  test('knows the top-level topic above each topic', async () => {
    const { topics } = await tree()
    const leaf = topics.find(({ key }) => key === 'balance')!
    const top = topics.find(({ key }) => key === 'money')!
    expect(await topTopicOf(database.db, leaf.id)).toBe(top.id)
    expect(await topTopicOf(database.db, top.id)).toBe(top.id)
    expect(await topTopicOf(database.db, randomUUID())).toBeNull()
  })

  test('keeps the title and the place of a retired topic, and takes it back', async () => {
    const { version } = await tree()
    const all = await inForce()
    const recipe = all.find(({ key }) => key === 'recipe')!
    const next = await publish(
      version,
      all.filter(({ id }) => id !== recipe.id),
    )
    const retired = (await tree()).topics.find(({ id }) => id === recipe.id)
    expect(retired).toMatchObject({ title: { ru: 'Рецепты и бытовые вопросы' }, retired: true })
    expect(await topTopicOf(database.db, recipe.id)).toBe(recipe.parentId)
    await publish(next, all)
    expect((await inForce()).map(({ id }) => id)).toEqual(all.map(({ id }) => id))
  })

  test('lets only one of two designers publish on top of the same version', async () => {
    const { version } = await tree()
    const all = await inForce()
    const renamed = (ru: string) =>
      all.map((topic, index) => (index ? topic : { ...topic, title: { ru, en: ru } }))
    const outcomes = await Promise.allSettled([
      publish(version, renamed('Раз')),
      publish(version, renamed('Два')),
    ])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const refused = outcomes.find(({ status }) => status === 'rejected')
    expect(refused).toMatchObject({ reason: { code: 'conflict', facts: { current: version + 1 } } })
  })

  test.each([
    ['an unknown parent', [{ id: randomUUID(), parentId: randomUUID(), key: 'a' }]],
    [
      'a key twice',
      [
        { id: randomUUID(), parentId: null, key: 'a' },
        { id: randomUUID(), parentId: null, key: 'a' },
      ],
    ],
    ['the key of another topic', [{ id: randomUUID(), parentId: null, key: 'money' }]],
    ['a circle', circle()],
  ])('refuses %s', async (_, topics) => {
    const { version } = await tree()
    const draft = topics.map((topic) => ({ ...topic, title: { ru: 'Тема', en: 'Topic' } }))
    await expect(publish(version, draft)).rejects.toMatchObject({ code: 'invalid_request' })
    expect((await tree()).version).toBe(version)
  })
})

function circle() {
  const [a, b] = [randomUUID(), randomUUID()]
  return [
    { id: a, parentId: b, key: 'a' },
    { id: b, parentId: a, key: 'b' },
  ]
}
