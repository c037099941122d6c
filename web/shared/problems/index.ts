/**
 * What people read when something was refused or could not be heard, by code, in Russian and English.
 * Invariants: every code has a text in both; no text blames, none holds personal data.
 */
import type { Locale } from '../../../contracts/primitives.ts'
import { ApiProblem } from '../api/index.ts'
import { en } from './en.ts'
import { ru } from './ru.ts'
import type { ProblemTexts } from './texts.ts'

const TEXTS: Readonly<Record<Locale, ProblemTexts>> = { ru, en }

/** The text for an error; what is not an `ApiProblem` is a defect of the page itself. */
export function problemText(error: unknown, locale: Locale): string {
  return TEXTS[locale][error instanceof ApiProblem ? error.code : 'internal']
}

/** The text for a code that came inside data (a delivery's reason); null when it is not one of ours. */
export function textOfCode(code: string, locale: Locale): string | null {
  const found = Object.entries(TEXTS[locale]).find(([name]) => name === code)
  return found?.[1] ?? null
}
