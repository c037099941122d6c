import { createRequire } from 'node:module'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Locale } from '../../../../contracts/primitives.ts'
import { textOf } from '../../../../messages/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { Cell } from './csv.ts'
import type { Table } from './table.ts'

const require = createRequire(import.meta.url)
/** Longer than the largest document takes on a busy machine. */
const LIMIT_MS = 30_000
const MEMORY_MB = 256

/**
 * Laying a page out takes tens of milliseconds: a thread of its own does it, so that nobody else waits. Its source is a text because the
 * built program, the one under development and the tests have files of different kinds. The library fetches nothing and reads no file
 * but its fonts.
 */
const LAY_OUT = `
const { parentPort, workerData: { library, fonts, document } } = require('node:worker_threads')
const pdfmake = require(library)
const [normal, bold] = ['Roboto-Regular.ttf', 'Roboto-Medium.ttf'].map((file) => require('node:path').join(fonts, file))
pdfmake.setFonts({ Roboto: { normal, bold, italics: normal, bolditalics: bold } })
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy((file) => file === normal || file === bold)
const footer = (page, pages) => ({ text: page + ' / ' + pages, alignment: 'center', fontSize: 8, margin: [0, 12, 0, 0] })
pdfmake.createPdf({ ...document, footer }).getBuffer().then((bytes) => parentPort.postMessage(bytes))
`

interface Pages<T> {
  readonly table: Table<T>
  readonly rows: readonly T[]
  readonly msisdn: string
  /** Months, the last one inclusive. */
  readonly from: string
  readonly to: string
  readonly locale: Locale
}

/** A table as a document of A4 pages; its text can be searched and copied. Refuses with `unavailable` if it takes too long. */
export function pdfOf<T>(pages: Pages<T>): Promise<Buffer> {
  const made = before.then(() => layOut(documentOf(pages)))
  before = made.catch(() => undefined)
  return made
}

/** One document at a time: the machine has other things to do. */
let before: Promise<unknown> = Promise.resolve()

async function layOut(document: object): Promise<Buffer> {
  const library = require.resolve('pdfmake')
  // Roboto (Apache-2.0) has Cyrillic and comes with the library; the parts that are used are embedded.
  const fonts = path.join(path.dirname(library), '../fonts/Roboto')
  const workerData = { library, fonts, document }
  const worker = new Worker(LAY_OUT, {
    eval: true,
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  })
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      timer = setTimeout(() => reject(new Refusal('unavailable', { what: 'pdf' })), LIMIT_MS)
      worker.once('message', (bytes: Uint8Array) => resolve(Buffer.from(bytes)))
      worker.once('error', reject)
    })
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

function documentOf<T>({ table, rows, msisdn, from, to, locale }: Pages<T>): object {
  const { headings, numeric, widest, cellsOf, title } = table
  const money = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  const alignment = (column: number) => (numeric[column] ? 'right' : 'left')
  const cell = (value: Cell, column: number) => ({
    text: typeof value === 'number' ? money.format(value) : value,
    alignment: alignment(column),
  })
  const head = headings.map((text, column) => ({ text, bold: true, alignment: alignment(column) }))
  const period = from === to ? from : `${from} — ${to}`
  const widths = headings.map((_, column) => (column === widest ? '*' : 'auto'))
  const body = [head, ...rows.map((row) => cellsOf(row).map(cell))]
  return {
    info: { title: `${title} ${msisdn} ${period}` },
    pageSize: 'A4',
    pageMargins: [36, 36, 36, 40],
    defaultStyle: { font: 'Roboto', fontSize: 8 },
    content: [
      { text: title, fontSize: 16, bold: true },
      { text: `+${msisdn} · ${period}`, fontSize: 10, margin: [0, 4, 0, 12] },
      rows.length === 0
        ? { text: textOf(locale, 'export-nothing') }
        : { layout: 'lightHorizontalLines', table: { headerRows: 1, widths, body } },
    ],
  }
}
