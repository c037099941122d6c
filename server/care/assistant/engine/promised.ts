import type { Locale } from '../../../../contracts/primitives.ts'
import { PHRASES } from './phrases.ts'
import { fillWords } from './words.ts'

/** Said first to whoever writes on while they wait for a promised call: they must not think it forgotten. */
export const sayPromised = (day: string, locale: Locale): string =>
  fillWords(PHRASES.promised, locale, { day: { day } })
