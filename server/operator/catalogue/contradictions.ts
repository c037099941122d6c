import type { OfferingTerms, OptionTerms } from '../../../contracts/catalogue.ts'

interface Contradiction {
  readonly problem: 'circle' | 'cannot-be-connected'
  /** Path of the requirement that leads to it. */
  readonly about: string
}

/**
 * What makes an option impossible to connect: a requirement that leads back to it, or requirements, direct or not, that do not go together,
 * because one excludes the other or both are tariffs. One walk over all that it requires.
 */
export function findContradictions(
  option: OptionTerms,
  known: ReadonlyMap<string, OfferingTerms>,
): Contradiction[] {
  // Which of the option's requirements led to a code first. A map tells what is added while it is walked: direct ones come first.
  const leadBy = new Map<string, number>()
  for (const [index, code] of option.requires.entries()) if (!leadBy.has(code)) leadBy.set(code, index)
  // One that requires itself is told as such.
  leadBy.delete(option.code)
  const circles = new Set<number>()
  const clashes = new Set<number>()
  const together = new Company(option)
  for (const [code, index] of leadBy) {
    const needed = known.get(code)
    if (!needed) continue
    if (!together.admits(needed)) clashes.add(index)
    together.add(needed)
    for (const next of requiredBy(needed)) {
      if (next === option.code) circles.add(index)
      else if (!leadBy.has(next)) leadBy.set(next, index)
    }
  }
  return [
    ...[...circles].map((index) => ({ problem: 'circle' as const, about: `requires.${index}` })),
    ...[...clashes].map((index) => ({ problem: 'cannot-be-connected' as const, about: `requires.${index}` })),
  ]
}

/** Offerings that one line would have at the same time. */
class Company {
  readonly #codes = new Set<string>()
  readonly #excluded = new Set<string>()
  #tariff: string | undefined

  constructor(first: OfferingTerms) {
    this.add(first)
  }

  add(terms: OfferingTerms): void {
    this.#codes.add(terms.code)
    for (const code of excludedBy(terms)) this.#excluded.add(code)
    if (terms.kind === 'tariff') this.#tariff = terms.code
  }

  admits(terms: OfferingTerms): boolean {
    if (this.#excluded.has(terms.code) || excludedBy(terms).some((code) => this.#codes.has(code)))
      return false
    return terms.kind !== 'tariff' || this.#tariff === undefined
  }
}

const requiredBy = (terms: OfferingTerms): readonly string[] =>
  terms.kind === 'option' ? terms.requires : []
const excludedBy = (terms: OfferingTerms): readonly string[] =>
  terms.kind === 'option' ? terms.excludes.filter((code) => code !== terms.code) : []
