import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { catalogue, type OfferingTerms } from '../../../contracts/catalogue.ts'
import type { StaffRole } from '../../../contracts/route.ts'
import { anApp } from '../../../test/factories/app.ts'
import { anOption, aTariff } from '../../../test/factories/offerings.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { manualClock } from '../../platform/clock.ts'
import { type Actor, serve } from '../../platform/http/index.ts'
import { type CatalogueDeps, catalogueHandlers, publishCatalogue, seedCatalogue } from './index.ts'

const clock = manualClock('2026-11-24T09:00:00Z')
const calm = aTariff({ code: 'calm' })
const old = aTariff({ code: 'old', archived: true })
const later = anOption({ code: 'later', validFrom: '2027-01-01T00:00:00.000Z' })
const published: Parameters<CatalogueDeps['published']>[1][] = []
let database: TestDatabase
let app: FastifyInstance
let actor: Actor
/** Thrown by the audit when set. */
let auditAway = false
beforeAll(async () => {
  database = await createTestDatabase()
  await seedCatalogue(database.db, clock, [calm, old, later], 'Волна')
  app = anApp()
  const deps: CatalogueDeps = {
    clock,
    countLinesOf: async (_, ids) => new Map(ids.map((id) => [id, 12])),
    published: async (_, change) => {
      if (auditAway) throw new Error('audit away')
      published.push(change)
    },
  }
  serve(app, { db: database.db, clock, authenticate: async () => actor }, catalogue, catalogueHandlers(deps))
})
afterAll(async () => {
  await app.close()
  await database.drop()
})
beforeEach(() => {
  published.length = 0
  auditAway = false
})

const aMember = (...roles: StaffRole[]): Actor => ({
  kind: 'agent',
  id: randomUUID(),
  name: 'Дарья',
  roles,
  sessionId: '',
  locked: false,
  secondFactorDue: false,
  passwordDue: false,
})
const designer = aMember('designer')
const subscriber: Actor = {
  kind: 'subscriber',
  partyId: null,
  id: randomUUID(),
  name: 'Пётр',
  sessionId: '',
  freshUntil: null,
  trusted: true,
}

async function as(who: Actor, method: 'GET' | 'POST' | 'PUT', path = '', payload?: object) {
  actor = who
  const answer = await app.inject({ method, url: `/api/v1/catalogue${path}`, ...(payload && { payload }) })
  return answer.json()
}
const newest = async (): Promise<{ version: number; offerings: { id: string; terms: OfferingTerms }[] }> =>
  as(designer, 'GET')
async function aDraft(change: (terms: OfferingTerms) => OfferingTerms = (terms) => terms) {
  const { version, offerings } = await newest()
  return { basedOn: version, offerings: offerings.map(({ terms }) => change(terms)) }
}
const withFee = (feeKopecks: number) => (terms: OfferingTerms) =>
  terms.code === 'calm' ? { ...terms, feeKopecks } : terms

describe('the catalogue over the wire', () => {
  test('shows the staff everything, subscribers what can be had now and no name of the staff', async () => {
    expect(await as(aMember('agent'), 'GET')).toMatchObject({
      publishedBy: 'Волна',
      offerings: [calm, old, later].map((terms) => ({ terms })),
    })
    const seen = await as(subscriber, 'GET')
    expect(seen).toMatchObject({ publishedBy: '', offerings: [{ terms: calm }] })
    expect(seen.offerings).toHaveLength(1)
  })

  test('tells what a draft would change and how many lines keep the version before, and stores nothing', async () => {
    const before = await newest()
    expect(await as(designer, 'POST', '/preview', await aDraft(withFee(70_000)))).toEqual({
      basedOn: before.version,
      added: [],
      changed: [
        { code: 'calm', fields: [{ path: 'feeKopecks', before: calm.feeKopecks, after: 70_000 }], lines: 12 },
      ],
      withdrawn: [],
      problems: [],
    })
    expect(await newest()).toEqual(before)
  })

  test('publishes for a designer, tells the audit, and lists the version with its diff', async () => {
    const draft = await aDraft(withFee(80_000))
    const answer = await as(designer, 'PUT', '', draft)
    expect(answer).toMatchObject({ version: draft.basedOn + 1, publishedBy: 'Дарья' })
    expect(published).toMatchObject([{ version: answer.version, by: { name: 'Дарья' } }])
    const versions = await as(aMember('supervisor'), 'GET', '/versions')
    expect(versions[0]).toMatchObject({
      version: answer.version,
      publishedBy: 'Дарья',
      diff: { changed: [{ code: 'calm', lines: 12 }] },
    })
  })

  test('answers a repeated publication as the first time and tells the audit once', async () => {
    const draft = await aDraft(withFee(81_000))
    const first = await as(designer, 'PUT', '', draft)
    expect(await as(designer, 'PUT', '', draft)).toEqual(first)
    expect(published).toHaveLength(1)
  })

  test('refuses to publish or preview on top of another version than the one in force', async () => {
    const draft = await aDraft(withFee(82_000))
    await as(designer, 'PUT', '', await aDraft(withFee(83_000)))
    const current = draft.basedOn + 1
    expect(await as(designer, 'PUT', '', draft)).toMatchObject({ code: 'conflict', facts: { current } })
    expect(await as(designer, 'POST', '/preview', draft)).toMatchObject({ code: 'conflict' })
  })

  test('tells the problems of a draft and refuses to publish it', async () => {
    const { basedOn, offerings } = await aDraft()
    const draft = { basedOn, offerings: [...offerings, anOption({ code: 'more', requires: ['nothing'] })] }
    const problems = [{ code: 'more', problem: 'unknown-code', about: 'requires.0' }]
    expect(await as(designer, 'POST', '/preview', draft)).toMatchObject({ problems })
    expect(await as(designer, 'PUT', '', draft)).toMatchObject({
      code: 'invalid_request',
      facts: { problems },
    })
    expect((await newest()).version).toBe(basedOn)
  })

  test.each([
    ['negative money', { ...calm, feeKopecks: -1 }],
    ['money in parts of a kopeck', { ...calm, feeKopecks: 0.5 }],
    ['a code with capitals', { ...calm, code: 'Calm' }],
    ['a country by its name', anOption({ category: 'roaming', countries: ['Turkey'] })],
    ['words longer than a screen', { ...calm, summary: { ru: 'я'.repeat(1001), en: 'x' } }],
    ['an unknown kind', { ...calm, kind: 'gift' }],
  ])('refuses %s before it is looked at', async (_, terms) => {
    const { version } = await newest()
    const draft = { basedOn: version, offerings: [terms] }
    expect(await as(designer, 'POST', '/preview', draft)).toMatchObject({ code: 'invalid_request' })
    expect(await as(designer, 'PUT', '', draft)).toMatchObject({ code: 'invalid_request' })
  })

  test('lets nobody but designers and admins draft and publish', async () => {
    const draft = await aDraft()
    for (const who of [aMember('agent'), aMember('supervisor'), subscriber]) {
      expect(await as(who, 'PUT', '', draft)).toMatchObject({ code: 'forbidden' })
      expect(await as(who, 'POST', '/preview', draft)).toMatchObject({ code: 'forbidden' })
    }
    expect(await as(aMember('admin'), 'POST', '/preview', draft)).toMatchObject({ changed: [] })
    expect(await as(aMember('agent'), 'GET', '/versions')).toMatchObject({ code: 'forbidden' })
  })

  test('does not publish what the audit could not note', async () => {
    const draft = await aDraft(withFee(90_000))
    auditAway = true
    expect(await as(designer, 'PUT', '', draft)).toMatchObject({ code: 'internal' })
    expect((await newest()).version).toBe(draft.basedOn)
  })

  test('lists at most a hundred versions, newest first', async () => {
    for (let fee = 1; fee <= 101; fee++) {
      const { basedOn, offerings } = await aDraft(withFee(fee))
      await database.db
        .transaction()
        .execute((tx) =>
          publishCatalogue(
            tx,
            { clock, countLinesOf: async () => new Map() },
            { basedOn, offerings, by: 'x' },
          ),
        )
    }
    const { version } = await newest()
    const versions = await as(designer, 'GET', '/versions')
    expect(versions).toHaveLength(100)
    expect(versions[0].version).toBe(version)
  })
})
