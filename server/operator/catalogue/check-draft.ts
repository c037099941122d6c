import type {
  CatalogueDiff,
  CatalogueProblem,
  DiscountTerms,
  OfferingTerms,
  OptionTerms,
  ZoneTerms,
} from '../../../contracts/catalogue.ts'
import { findContradictions } from './contradictions.ts'

type Problem = CatalogueDiff['problems'][number]

/** A problem of one offering. */
type Found = Omit<Problem, 'code'>

/** Reports every problem of the draft, offering by offering; `before`: what is in force, whose left out codes stay known. */
export function findProblems(before: readonly OfferingTerms[], draft: readonly OfferingTerms[]): Problem[] {
  const kindBefore = new Map(before.map(({ code, kind }) => [code, kind]))
  const known = new Map([...before, ...draft].map((terms) => [terms.code, terms]))
  const zones = draft.flatMap((terms) => (terms.kind === 'zone' && !terms.archived ? [terms] : []))
  const seen = new Set<string>()
  return draft.flatMap((terms) => {
    const { code, kind } = terms
    const found: Found[] = []
    if (seen.has(code)) found.push({ problem: 'code-twice', about: 'code' })
    if ((kindBefore.get(code) ?? kind) !== kind) found.push({ problem: 'kind-changed', about: 'kind' })
    seen.add(code)
    found.push(
      ...checkCommon(terms),
      ...(terms.kind === 'zone' ? checkZone(terms, zones) : checkKind(terms, known)),
    )
    return found.map((one) => ({ code, ...one }))
  })
}

function checkCommon({ title, validFrom, validTo }: OfferingTerms): Found[] {
  const reversed = validFrom !== null && validTo !== null && Date.parse(validTo) <= Date.parse(validFrom)
  return [...emptyWords('title', title), ...(reversed ? [problem('validity-reversed', 'validTo')] : [])]
}

function checkKind(
  terms: Exclude<OfferingTerms, ZoneTerms>,
  known: ReadonlyMap<string, OfferingTerms>,
): Found[] {
  switch (terms.kind) {
    case 'tariff':
      return [
        ...checkPackages(terms.packages),
        ...repeated(
          'rates',
          terms.rates.map(({ type }) => type),
        ),
        ...repeated('regions', terms.regions),
      ]
    case 'option':
      return checkOption(terms, known)
    case 'discount':
      return checkDiscount(terms, known)
    case 'content':
      return []
  }
}

/** A country has one price: no other zone names it at the same time. */
function checkZone(zone: ZoneTerms, zones: readonly ZoneTerms[]): Found[] {
  const others = zones.filter((other) => other.code !== zone.code && !zone.archived && meet(zone, other))
  const named = new Set(others.flatMap(({ countries }) => countries))
  const isRest = ({ countries }: ZoneTerms) => countries.length === 0
  return [
    ...repeated(
      'rates',
      zone.rates.map(({ type }) => type),
    ),
    ...repeated('countries', zone.countries),
    ...zone.countries.flatMap((country, index) =>
      named.has(country) ? [problem('given-twice', `countries.${index}`)] : [],
    ),
    ...(isRest(zone) && others.some(isRest) ? [problem('given-twice', 'countries')] : []),
  ]
}

/** Whether two are valid at the same time. */
function meet(a: ZoneTerms, b: ZoneTerms): boolean {
  const begins = (zone: ZoneTerms) =>
    zone.validFrom === null ? Number.NEGATIVE_INFINITY : Date.parse(zone.validFrom)
  const ends = (zone: ZoneTerms) =>
    zone.validTo === null ? Number.POSITIVE_INFINITY : Date.parse(zone.validTo)
  return begins(a) < ends(b) && begins(b) < ends(a)
}

function checkOption(terms: OptionTerms, known: ReadonlyMap<string, OfferingTerms>): Found[] {
  const { category, charge, countries, days, packages, requires, excludes } = terms
  const found = [
    ...checkPackages(packages),
    ...repeated('countries', countries),
    ...checkCodes(terms, 'requires', requires, known),
    ...checkCodes(terms, 'excludes', excludes, known),
    ...findContradictions(terms, known),
  ]
  if (charge === 'once' && packages.length > 0 && days === null) found.push(problem('days-missing', 'days'))
  if (category === 'roaming' && countries.length === 0) found.push(problem('countries-missing', 'countries'))
  if (category !== 'roaming' && countries.length > 0) {
    found.push(problem('countries-not-roaming', 'countries'))
  }
  return found
}

const checkDiscount = (terms: DiscountTerms, known: ReadonlyMap<string, OfferingTerms>): Found[] => [
  ...emptyWords('why', terms.why),
  ...checkCodes(terms, 'appliesTo', terms.appliesTo, known),
]

const checkPackages = (packages: OptionTerms['packages']): Found[] => [
  ...repeated(
    'packages',
    packages.map(({ type }) => type),
  ),
  ...packages.flatMap(({ amount }, index) =>
    amount === 0 ? [problem('nothing-in-package', `packages.${index}`)] : [],
  ),
]

/** Codes that an offering refers to: known, tariffs or options, not itself, each once. */
function checkCodes(
  { code: own }: OfferingTerms,
  field: string,
  codes: readonly string[],
  known: ReadonlyMap<string, OfferingTerms>,
): Found[] {
  const wrong = codes.flatMap((code, index) => {
    const about = `${field}.${index}`
    const meant = known.get(code)
    if (code === own) return [problem('itself', about)]
    if (!meant) return [problem('unknown-code', about)]
    return meant.kind === 'tariff' || meant.kind === 'option' ? [] : [problem('wrong-kind', about)]
  })
  return [...wrong, ...repeated(field, codes)]
}

const problem = (problem: CatalogueProblem, about: string): Found => ({ problem, about })

const emptyWords = (field: string, words: { readonly ru: string; readonly en: string }): Found[] =>
  (['ru', 'en'] as const).flatMap((locale) =>
    words[locale].trim() === '' ? [problem('words-missing', `${field}.${locale}`)] : [],
  )

const repeated = (field: string, values: readonly string[]): Found[] =>
  values.flatMap((value, index) =>
    values.indexOf(value) < index ? [problem('given-twice', `${field}.${index}`)] : [],
  )
