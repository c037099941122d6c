import type { TFunction } from 'i18next'
import type { z } from 'zod'
import { type CatalogueDiff, OfferingTerms } from '../../../contracts/catalogue.ts'
import type { Locale } from '../../../contracts/primitives.ts'
import { countryName } from '../../shared/format/index.ts'
import type { DraftItem } from './draft.ts'

/** What is wrong with one field: its path and a sentence. */
export interface Fault {
  readonly path: string
  readonly text: string
}

type Issue = z.core.$ZodIssue
type Problem = CatalogueDiff['problems'][number]

/** Where an offering does not fit the contract's schema; found here, so that the words stand beside the field at once. */
export function schemaFaults({ terms, checked }: DraftItem, t: TFunction): Fault[] {
  const read = OfferingTerms.safeParse(terms)
  if (read.success) return []
  return read.error.issues
    .filter(({ path }) => checked || !isBlank(valueAt(terms, path.map(String))))
    .map((issue) => ({ path: issue.path.join('.'), text: t(`catalogue.issue.${issueName(issue)}`) }))
}

/** Whether it fits the schema; only such a draft can be looked at by the server. */
export const fitsSchema = (terms: OfferingTerms): boolean => OfferingTerms.safeParse(terms).success

/** What the server said about a draft, for one offering. */
export function problemFaults(
  terms: OfferingTerms,
  problems: readonly Problem[],
  words: { readonly t: TFunction; readonly locale: Locale; readonly titleOf: (code: string) => string },
): Fault[] {
  return problems
    .filter(({ code }) => code === terms.code)
    .map(({ problem, about }) => {
      const text = words.t(`catalogue.problem.${problem}`)
      const value = valueAt(terms, about.split('.'))
      // Within a list it is said of which of its members.
      if (typeof value !== 'string' || !/\.\d+$/.test(about)) return { path: about, text }
      const member = about.startsWith('countries') ? countryName(value, words.locale) : words.titleOf(value)
      return { path: about, text: `${member}: ${text}` }
    })
}

/** The faults of a field and of what lies in it, in one sentence; undefined when there are none. */
export function faultAt(faults: readonly Fault[], path: string): string | undefined {
  const here = faults.filter((one) => one.path === path || one.path.startsWith(`${path}.`))
  return here.length === 0 ? undefined : [...new Set(here.map(({ text }) => text))].join('; ')
}

const isBlank = (value: unknown) =>
  value === '' || Number.isNaN(value) || (Array.isArray(value) && value.length === 0)

function valueAt(at: unknown, [name, ...below]: readonly string[]): unknown {
  if (name === undefined || typeof at !== 'object' || at === null) return at
  return valueAt(new Map<string, unknown>(Object.entries(at)).get(name), below)
}

function issueName(
  issue: Issue,
): 'empty' | 'number' | 'tooSmall' | 'tooBig' | 'tooLong' | 'format' | 'wrong' {
  switch (issue.code) {
    case 'invalid_type':
      return 'number'
    case 'too_small':
      return issue.origin === 'number' ? 'tooSmall' : 'empty'
    case 'too_big':
      return issue.origin === 'string' ? 'tooLong' : 'tooBig'
    case 'invalid_format':
      return issue.path.join('.') === 'code' ? 'format' : 'wrong'
    default:
      return 'wrong'
  }
}
