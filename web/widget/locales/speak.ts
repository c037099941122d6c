import type { Plural, Texts } from './texts.ts'

/** Puts values into the `{places}` of a text; an unknown place stays as it is. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place))

/** The form of a text that fits the number, with the number put in. */
export const bend = (texts: Pick<Texts, 'locale'>, plural: Plural, n: number): string =>
  fill(plural[new Intl.PluralRules(texts.locale).select(n)] ?? plural.other, { n })
