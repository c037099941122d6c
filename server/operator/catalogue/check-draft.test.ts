import { describe, expect, test } from 'vitest'
import type { OfferingTerms } from '../../../contracts/catalogue.ts'
import { aContent, aDiscount, anOption, aTariff, aZone } from '../../../test/factories/offerings.ts'
import { findProblems } from './check-draft.ts'

const tariff = aTariff({ code: 'tariff' })
const other = aTariff({ code: 'other' })
const base = anOption({ code: 'base' })
const content = aContent({ code: 'jokes' })
const around: OfferingTerms[] = [tariff, other, base, content]
const problemsOf = (...draft: OfferingTerms[]) =>
  findProblems([], [...around, ...draft]).map(({ code, problem, about }) => `${code} ${problem} ${about}`)

const data = { type: 'data', amount: 1 } as const

describe('a draft of the catalogue', () => {
  test('without contradictions has no problems', () => {
    const more = anOption({ code: 'more', requires: ['base', 'tariff'], excludes: ['unlimited'] })
    const unlimited = anOption({ code: 'unlimited', excludes: ['more'] })
    const roaming = anOption({ code: 'away', category: 'roaming', countries: ['TR', 'EG'], days: 30 })
    const discount = aDiscount({ code: 'half', appliesTo: ['tariff', 'base'] })
    expect(problemsOf(more, unlimited, roaming, discount)).toEqual([])
  })

  test('names a country once at a time, and everywhere else once', () => {
    const rates = aZone().rates
    const near = aZone({ code: 'near', countries: ['BY', 'KZ'] })
    const rest = aZone({ code: 'rest' })
    expect(problemsOf(near, rest)).toEqual([])
    const again = aZone({ code: 'again', countries: ['TR', 'KZ'], rates: [...rates, ...rates] })
    expect(problemsOf(near, again)).toEqual([
      'near given-twice countries.1',
      'again given-twice rates.3',
      'again given-twice rates.4',
      'again given-twice rates.5',
      'again given-twice countries.1',
    ])
    expect(problemsOf(rest, aZone({ code: 'too' }))).toEqual([
      'rest given-twice countries',
      'too given-twice countries',
    ])
    const [until, since] = ['2026-12-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z']
    expect(
      problemsOf({ ...near, validTo: until }, aZone({ code: 'later', countries: ['KZ'], validFrom: since })),
    ).toEqual([])
    expect(problemsOf(near, aZone({ code: 'gone', countries: ['KZ'], archived: true }))).toEqual([])
  })

  test.each<[string, OfferingTerms, string[]]>([
    ['a code given twice', aTariff({ code: 'tariff' }), ['tariff code-twice code']],
    [
      'words in one language only',
      aTariff({ code: 'x', title: { ru: 'Икс', en: ' ' } }),
      ['x words-missing title.en'],
    ],
    [
      'a discount without its reason',
      aDiscount({ code: 'x', appliesTo: ['base'], why: { ru: '', en: 'Why' } }),
      ['x words-missing why.ru'],
    ],
    [
      'an end before the beginning',
      aTariff({ code: 'x', validFrom: '2026-12-02T00:00:00.000Z', validTo: '2026-12-01T00:00:00.000Z' }),
      ['x validity-reversed validTo'],
    ],
    [
      'two packages of one type',
      aTariff({ code: 'x', packages: [data, data] }),
      ['x given-twice packages.1'],
    ],
    [
      'a package of nothing',
      anOption({ code: 'x', packages: [{ type: 'sms', amount: 0 }] }),
      ['x nothing-in-package packages.0'],
    ],
    [
      'two rates of one type',
      aTariff({ code: 'x', rates: [1, 2].map((kopecks) => ({ type: 'sms' as const, step: 1, kopecks })) }),
      ['x given-twice rates.1'],
    ],
    ['a region twice', aTariff({ code: 'x', regions: ['Томск', 'Томск'] }), ['x given-twice regions.1']],
    [
      'a one-off package without end',
      anOption({ code: 'x', charge: 'once', days: null }),
      ['x days-missing days'],
    ],
    [
      'countries of what is no roaming pack',
      anOption({ code: 'x', countries: ['TR'] }),
      ['x countries-not-roaming countries'],
    ],
    [
      'a roaming pack for nowhere',
      anOption({ code: 'x', category: 'roaming' }),
      ['x countries-missing countries'],
    ],
    [
      'an unknown requirement',
      anOption({ code: 'x', requires: ['base', 'no'] }),
      ['x unknown-code requires.1'],
    ],
    ['an unknown exclusion', anOption({ code: 'x', excludes: ['no'] }), ['x unknown-code excludes.0']],
    [
      'a discount on nothing known',
      aDiscount({ code: 'x', appliesTo: ['no'] }),
      ['x unknown-code appliesTo.0'],
    ],
    ['a discount on content', aDiscount({ code: 'x', appliesTo: ['jokes'] }), ['x wrong-kind appliesTo.0']],
    [
      'a requirement twice',
      anOption({ code: 'x', requires: ['base', 'base'] }),
      ['x given-twice requires.1'],
    ],
    ['what requires itself', anOption({ code: 'x', requires: ['x'] }), ['x itself requires.0']],
    [
      'what requires and excludes the same',
      anOption({ code: 'x', requires: ['base'], excludes: ['base'] }),
      ['x cannot-be-connected requires.0'],
    ],
    [
      'two tariffs at once',
      anOption({ code: 'x', requires: ['tariff', 'other'] }),
      ['x cannot-be-connected requires.1'],
    ],
  ])('is told of %s', (_, terms, expected) => {
    expect(problemsOf(terms)).toEqual(expected)
  })

  test('is told of a circle of requirements, from each of its members', () => {
    const circle = [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
    ].map(([code, needed]) => anOption({ code: code!, requires: [needed!] }))
    expect(problemsOf(...circle)).toEqual(['a', 'b', 'c'].map((code) => `${code} circle requires.0`))
  })

  test('is told when something required further on excludes what is required too', () => {
    const deep = anOption({ code: 'deep', excludes: ['base'] })
    const middle = anOption({ code: 'middle', requires: ['deep'] })
    const top = anOption({ code: 'top', requires: ['base', 'middle'] })
    expect(problemsOf(deep, middle, top)).toEqual(['top cannot-be-connected requires.1'])
  })

  test('may refer to what it leaves out, since that is archived and still known', () => {
    const more = anOption({ code: 'more', requires: ['base'] })
    expect(findProblems(around, [more])).toEqual([])
  })

  test('may not make a code another kind of thing', () => {
    expect(findProblems(around, [anOption({ code: 'tariff' })])).toEqual([
      { code: 'tariff', problem: 'kind-changed', about: 'kind' },
    ])
  })

  test('of hundreds of options that all require each other is judged in a moment', () => {
    const codes = Array.from({ length: 300 }, (_, index) => `o${index}`)
    const tangle = codes.map((code, index) =>
      anOption({
        code,
        requires: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((step) => codes[(index + step) % 300]!),
      }),
    )
    const started = performance.now()
    expect(findProblems([], tangle).length).toBeGreaterThanOrEqual(300)
    expect(performance.now() - started).toBeLessThan(20_000)
  })
})
