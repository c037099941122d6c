import { Readable } from 'node:stream'
import type { ExportQuery } from '../../../../contracts/lines.ts'
import type { Page } from '../../../operator/edge/index.ts'
import type { Executor } from '../../../platform/database/index.ts'
import type { Subscriber } from '../../../platform/http/index.ts'
import { found, Refusal } from '../../../platform/refusal.ts'
import type { LinesRoom } from '../lines-room.ts'
import { BYTE_ORDER_MARK, csvRecord } from './csv.ts'
import { pdfOf } from './pdf.ts'
import { chargesTable, type Table, usageTable } from './table.ts'

export interface ExportAsk extends ExportQuery {
  readonly actor: Subscriber
  readonly lineId: string
  /** Where the request came from. */
  readonly address: string
}

/** A file on its way. */
export interface LineFile {
  readonly name: string
  readonly type: string
  readonly body: Readable | Buffer
}

const MOST_MONTHS = 12
const ROWS_AT_A_TIME = 500
/** A document is laid out in memory, a second for a thousand rows: more than anybody reads are for a table. */
const MOST_PDF_ROWS = 2_000

/**
 * Movements of a line's money as a file. Recorded in the audit. Whoever asks may see them: that is the caller's to know.
 * Refuses with `invalid_request` (`from` after `to`, more than a year), `rate_limited`, `not_found`, `payload_too_large` (PDF: `mostRows`).
 */
export function exportCharges(db: Executor, room: LinesRoom, ask: ExportAsk): Promise<LineFile> {
  const { edge } = room
  return exportRows(db, room, ask, {
    what: 'charges',
    tableFor: chargesTable,
    page: (month, after) => edge.listCharges(db, ask.lineId, { month, after, limit: ROWS_AT_A_TIME }),
  })
}

/** The same of calls, messages and data: secret of communication, the caller has seen to the fresh code. */
export function exportUsage(db: Executor, room: LinesRoom, ask: ExportAsk): Promise<LineFile> {
  const { edge } = room
  return exportRows(db, room, ask, {
    what: 'usage',
    tableFor: usageTable,
    page: (month, after) => edge.listUsage(db, ask.lineId, { month, after, limit: ROWS_AT_A_TIME }),
  })
}

interface Source<T> {
  readonly what: 'charges' | 'usage'
  readonly tableFor: (reader: { locale: ExportQuery['locale']; timeZone: string }) => Table<T>
  readonly page: (month: string, after: string | undefined) => Promise<Page<T>>
}

async function exportRows<T>(
  db: Executor,
  room: LinesRoom,
  { actor, lineId, from, to, format, locale, address }: ExportAsk,
  { what, tableFor, page }: Source<T>,
): Promise<LineFile> {
  const months = monthsBetween(from, to)
  const { value: line } = found(await room.edge.readLine(db, lineId), 'line')
  await room.limits.take('line-export:subscriber', actor.id)
  await room.recordExport(db, { subscriberId: actor.id, what: `${what} ${from}–${to} ${format}`, address })
  const table = tableFor({ locale, timeZone: line.timeZone })
  const rows = rowsOf(months, page)
  const name = `${what}-${line.msisdn}-${from === to ? from : `${from}_${to}`}.${format}`
  if (format === 'csv') {
    return { name, type: 'text/csv; charset=utf-8', body: Readable.from(csvOf(table, rows)) }
  }
  const body = await pdfOf({
    table,
    rows: await atMost(rows, MOST_PDF_ROWS),
    msisdn: line.msisdn,
    from,
    to,
    locale,
  })
  return { name, type: 'application/pdf', body }
}

/** The newest first, as lists run. */
function monthsBetween(from: string, to: string): string[] {
  const number = (month: string) => {
    const [year = 0, of = 1] = month.split('-').map(Number)
    return year * 12 + of - 1
  }
  const [first, last] = [number(from), number(to)]
  if (first > last || last - first >= MOST_MONTHS) {
    throw new Refusal('invalid_request', { in: 'from', mostMonths: MOST_MONTHS })
  }
  return Array.from({ length: last - first + 1 }, (_, n) => {
    const month = last - n
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`
  })
}

/** Page by page, so that no more than one stands in memory. */
async function* rowsOf<T>(months: readonly string[], page: Source<T>['page']): AsyncGenerator<T[]> {
  for (const month of months) {
    let after: string | undefined
    do {
      const { items, next } = await page(month, after)
      if (items.length > 0) yield items
      after = next ?? undefined
    } while (after !== undefined)
  }
}

async function* csvOf<T>(table: Table<T>, pages: AsyncIterable<T[]>): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvRecord(table.headings)
  for await (const page of pages) yield page.map((row) => csvRecord(table.cellsOf(row))).join('')
}

async function atMost<T>(pages: AsyncIterable<T[]>, most: number): Promise<T[]> {
  const rows: T[] = []
  for await (const page of pages) {
    rows.push(...page)
    if (rows.length > most) throw new Refusal('payload_too_large', { mostRows: most })
  }
  return rows
}
