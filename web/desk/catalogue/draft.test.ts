import { describe, expect, test } from 'vitest'
import type { Catalogue, OfferingTerms } from '../../../contracts/catalogue.ts'
import { anOption, aTariff } from '../../../test/factories/offerings.ts'
import { add, change, changesOf, discard, draftOf, offeringsOf, rebase } from './draft.ts'

const calm = aTariff({ code: 'calm' })
const more = anOption({ code: 'more' })
const aCatalogue = (version: number, ...terms: OfferingTerms[]): Catalogue => ({
  version,
  publishedAt: '2026-11-24T09:00:00.000Z',
  publishedBy: 'Дизайнер',
  offerings: terms.map((one) => ({ id: '019ab0f0-0000-7000-8000-000000000000', terms: one })),
})
const fresh = draftOf(aCatalogue(1, calm, more))
const dearer = { ...calm, feeKopecks: 70_000 }
const keysOf = (draft: typeof fresh) => changesOf(draft).map(({ key }) => key)

describe('a draft of the catalogue', () => {
  test('has no changes at first, and none again when a change was taken back by hand', () => {
    expect(keysOf(fresh)).toEqual([])
    const changed = change(fresh, 'calm', dearer)
    expect(keysOf(changed)).toEqual(['calm'])
    expect(keysOf(change(changed, 'calm', { ...calm }))).toEqual([])
  })

  test('tells a number that is not given yet from any other', () => {
    const empty = change(fresh, 'calm', { ...calm, feeKopecks: Number.NaN })
    expect(keysOf(empty)).toEqual(['calm'])
    const unlimited = { type: 'data' as const, amount: null }
    const base = draftOf(aCatalogue(1, { ...calm, packages: [unlimited] }))
    const asked = { ...calm, packages: [{ ...unlimited, amount: Number.NaN }] }
    expect(keysOf(change(base, 'calm', asked))).toEqual(['calm'])
  })

  test('undoes a change; a new offering goes', () => {
    const both = add(change(fresh, 'calm', dearer), 'n1', anOption({ code: 'new' }))
    expect(keysOf(both)).toEqual(['calm', 'n1'])
    expect(keysOf(discard(both, 'calm'))).toEqual(['n1'])
    expect(offeringsOf(discard(both, 'n1'))).toEqual([dearer, more])
  })

  test('moves onto a newer version and keeps what others changed', () => {
    const newer = aCatalogue(2, calm, { ...more, feeKopecks: 1 }, aTariff({ code: 'theirs' }))
    const moved = rebase(change(fresh, 'calm', dearer), newer)
    expect(moved.clashes).toEqual([])
    expect(moved.draft.version).toBe(2)
    expect(offeringsOf(moved.draft)).toEqual([
      dearer,
      { ...more, feeKopecks: 1 },
      aTariff({ code: 'theirs' }),
    ])
    expect(keysOf(moved.draft)).toEqual(['calm'])
  })

  test('names what both changed, and drops a change that was published by another already', () => {
    const theirs = aCatalogue(2, { ...calm, feeKopecks: 1 }, more)
    expect(rebase(change(fresh, 'calm', dearer), theirs).clashes).toEqual(['calm'])
    const same = rebase(change(fresh, 'calm', dearer), aCatalogue(2, dearer, more))
    expect([keysOf(same.draft), same.clashes]).toEqual([[], []])
  })

  test('keeps a new offering, and names it if the newer version has its code', () => {
    const mine = add(fresh, 'n1', anOption({ code: 'new' }))
    expect(keysOf(rebase(mine, aCatalogue(2, calm, more)).draft)).toEqual(['n1'])
    const taken = rebase(mine, aCatalogue(2, calm, more, anOption({ code: 'new', feeKopecks: 1 })))
    expect(taken.clashes).toEqual(['new'])
    expect(keysOf(taken.draft)).toEqual(['new'])
  })
})
