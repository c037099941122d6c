import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CatalogueDiff, Offering, OfferingTerms } from '../../../contracts/catalogue.ts'
import { aContent, aDiscount, anOption, aTariff } from '../../../test/factories/offerings.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { manualClock } from '../../platform/clock.ts'
import { inTransaction } from '../../platform/database/index.ts'
import { compare } from './compare.ts'
import { publishCatalogue, readCatalogue, readOfferings } from './index.ts'

const clock = manualClock('2026-11-24T09:00:00Z')
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const words = fc.record({ ru: fc.constantFrom('Раз', 'Два'), en: fc.constantFrom('One', 'Two') })
const instant = fc.constantFrom(null, '2026-12-01T00:00:00.000Z', '2027-12-01T00:00:00.000Z')
const amount = fc.constantFrom(null, 1024, 4096)
const kopecks = fc.integer({ min: 0, max: 3 })
const packages = fc.uniqueArray(fc.record({ type: fc.constantFrom('data', 'voice', 'sms'), amount }), {
  selector: ({ type }) => type,
})
const common = { title: words, summary: words, validFrom: instant, archived: fc.boolean() }

/** Few codes and few values, so that drafts really meet. */
const anOffering: fc.Arbitrary<OfferingTerms> = fc.oneof(
  fc.record({ ...common, feeKopecks: kopecks, packages, carriesOver: fc.boolean() }).map(aTariff),
  fc
    .record({ ...common, feeKopecks: kopecks, packages, excludes: fc.constantFrom<string[][]>([], ['t1']) })
    .map(anOption),
  fc
    .record({ ...common, partner: fc.constantFrom('А', 'Б') })
    .map((more) => aContent({ ...more, partner: { name: more.partner, support: 'x', shortNumber: '' } })),
  fc
    .record({ ...common, why: words, percent: fc.integer({ min: 1, max: 3 }) })
    .map((more) => aDiscount({ ...more, appliesTo: ['t1'] })),
)
const aDraft: fc.Arbitrary<OfferingTerms[]> = fc
  .uniqueArray(
    fc
      .tuple(anOffering, fc.integer({ min: 1, max: 3 }))
      .map(([terms, place]): OfferingTerms => ({ ...terms, code: `${terms.kind[0]}${place}` })),
    { selector: ({ code }) => code, maxLength: 9 },
  )
  // What discounts and exclusions refer to is always there.
  .map((draft) => (draft.some(({ code }) => code === 't1') ? draft : [aTariff({ code: 't1' }), ...draft]))

/** What a catalogue is after a diff, by what the diff tells alone. */
function apply(before: readonly OfferingTerms[], diff: Omit<CatalogueDiff, 'basedOn' | 'problems'>) {
  const next = new Map(before.map((terms) => [terms.code, structuredClone(terms)]))
  for (const { code, fields } of diff.changed) {
    for (const { path, before: was, after } of fields) {
      expect(swap(next.get(code)!, path.split('.'), after)).toEqual(was)
    }
  }
  for (const code of diff.withdrawn) swap(next.get(code)!, ['archived'], true)
  for (const terms of diff.added) next.set(terms.code, terms)
  return byCode([...next.values()])
}

/** Sets the value at a path; gives the one that was there. */
function swap(at: Record<string, unknown>, [name, ...below]: string[], value: unknown): unknown {
  if (below.length > 0) return swap(at[name!] as Record<string, unknown>, below, value)
  const was = at[name!]
  at[name!] = value
  return was
}

const byCode = (terms: readonly OfferingTerms[]) => terms.toSorted((a, b) => (a.code < b.code ? -1 : 1))
const termsOf = (offerings: readonly Offering[]) => offerings.map(({ terms }) => terms)
const diffOf = (before: readonly OfferingTerms[], draft: readonly OfferingTerms[]) => {
  const { added, changed, withdrawn } = compare(before, draft)
  return {
    added: [...added],
    changed: changed.map(({ code, fields }) => ({ code, fields: [...fields], lines: 0 })),
    withdrawn: withdrawn.map(({ code }) => code),
  }
}

describe('the difference between a draft and what is in force', () => {
  test('tells all that a draft changes: applied to what was, it gives the draft, with the rest archived', () => {
    fc.assert(
      fc.property(aDraft, aDraft, (before, draft) => {
        const kept = new Set(draft.map(({ code }) => code))
        const left = before
          .filter(({ code }) => !kept.has(code))
          .map((terms) => ({ ...terms, archived: true }))
        expect(apply(before, diffOf(before, draft))).toEqual(byCode([...draft, ...left]))
      }),
    )
  })

  test('is nothing when nothing was changed, whatever the order of offerings and of names', () => {
    fc.assert(
      fc.property(aDraft, (draft) => {
        const turned = draft
          .toReversed()
          .map((terms) => Object.fromEntries(Object.entries(terms).toReversed()) as OfferingTerms)
        expect(diffOf(draft, turned)).toEqual({ added: [], changed: [], withdrawn: [] })
      }),
    )
  })

  test('of each published version gives that version; ids stay where nothing changed, old ids keep their terms', async () => {
    const { db } = database
    const publish = async (offerings: OfferingTerms[]) => {
      const { version } = await readCatalogue(db)
      const draft = { basedOn: version, offerings, by: 'Дизайнер' }
      return inTransaction(db, (tx) =>
        publishCatalogue(tx, { clock, countLinesOf: async () => new Map() }, draft),
      )
    }
    await fc.assert(
      fc.asyncProperty(aDraft, async (draft) => {
        const before = (await readCatalogue(db)).offerings
        const publication = await publish(draft)
        const after = (await readCatalogue(db)).offerings
        const diff = publication?.diff ?? { added: [], changed: [], withdrawn: [] }
        expect(byCode(termsOf(after))).toEqual(apply(termsOf(before), diff))
        const touched = new Set([...diff.changed.map(({ code }) => code), ...diff.withdrawn])
        expect(after).toEqual(expect.arrayContaining(before.filter(({ terms }) => !touched.has(terms.code))))
        const ids = before.map(({ id }) => id)
        expect([...(await readOfferings(db, ids)).values()]).toEqual(before)
      }),
      { numRuns: 40 },
    )
  })
})
