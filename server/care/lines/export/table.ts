import type { ChargeItem, UsageRecord } from '../../../../contracts/lines.ts'
import type { Locale } from '../../../../contracts/primitives.ts'
import { type MessageKey, textOf } from '../../../../messages/index.ts'
import type { Cell } from './csv.ts'

/** How rows of something become rows of a table that people read. */
export interface Table<T> {
  readonly title: string
  readonly headings: readonly string[]
  /** Which columns hold numbers. */
  readonly numeric: readonly boolean[]
  /** Which column takes the room that the others leave. */
  readonly widest: number
  readonly cellsOf: (row: T) => Cell[]
}

interface Reader {
  readonly locale: Locale
  /** Of the line: times are shown in it. */
  readonly timeZone: string
}

const KIND_OF = { data: 'export-data', voice: 'export-voice', sms: 'export-sms' } as const

/** Money in roubles, negative = taken. */
export function chargesTable(reader: Reader): Table<ChargeItem> {
  const { locale } = reader
  const word = (key: MessageKey) => textOf(locale, key)
  const timeOf = timeIn(reader)
  return {
    title: word('export-charges'),
    headings: [word('export-at'), word('export-category'), word('export-title'), word('export-roubles')],
    numeric: [false, false, false, true],
    widest: 2,
    cellsOf: ({ at, category, title, kopecks }) => [
      timeOf(at),
      word(`export-category-${category}`),
      title[locale],
      kopecks / 100,
    ],
  }
}

/** Data in megabytes, calls in seconds, messages in pieces: each amount with its unit beside it. */
export function usageTable(reader: Reader): Table<UsageRecord> {
  const { locale } = reader
  const word = (key: MessageKey) => textOf(locale, key)
  const timeOf = timeIn(reader)
  const countries = new Intl.DisplayNames(locale, { type: 'region' })
  return {
    title: word('export-usage'),
    headings: (
      [
        'export-at',
        'export-kind',
        'export-direction',
        'export-other',
        'export-amount',
        'export-unit',
        'export-country',
        'export-roubles',
      ] as const
    ).map(word),
    numeric: [false, false, false, false, true, false, false, true],
    widest: 3,
    cellsOf: ({ at, type, direction, other, amount, roaming, kopecks }) => [
      timeOf(at),
      word(KIND_OF[type]),
      type === 'data' ? '' : word(`export-${direction}`),
      other ?? '',
      type === 'data' ? Math.round((amount / 1024 ** 2) * 100) / 100 : amount,
      word(`export-unit-${type}`),
      roaming === null ? '' : (countries.of(roaming) ?? roaming),
      kopecks === null ? word('export-unsettled') : kopecks / 100,
    ],
  }
}

/** As tables sort it and people read it: 2026-11-25 14:05:00. */
function timeIn({ timeZone }: Reader): (at: string) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  return (at) => format.format(new Date(at))
}
