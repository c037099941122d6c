import { createRequire } from 'node:module'
import path from 'node:path'
// biome-ignore lint/correctness/noUnresolvedImports: the package is found by its `main`, which Biome does not read
import pdfmake from 'pdfmake'
import type { Locale } from '../../../../contracts/primitives.ts'
import { textOf } from '../../../../messages/index.ts'
import type { Cell } from './csv.ts'
import type { Table } from './table.ts'

/** Roboto (Apache-2.0) has Cyrillic and comes with the library; the parts that are used are embedded. */
const FONTS = path.join(path.dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')), 'fonts')
const ROBOTO = {
  normal: path.join(FONTS, 'Roboto/Roboto-Regular.ttf'),
  bold: path.join(FONTS, 'Roboto/Roboto-Medium.ttf'),
}
pdfmake.setFonts({ Roboto: { ...ROBOTO, italics: ROBOTO.normal, bolditalics: ROBOTO.bold } })
// A document is made of what it is given: it fetches nothing and reads no file but its fonts.
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy((file) => file.startsWith(FONTS))

interface Pages<T> {
  readonly table: Table<T>
  readonly rows: readonly T[]
  readonly msisdn: string
  /** Months, the last one inclusive. */
  readonly from: string
  readonly to: string
  readonly locale: Locale
}

/** A table as a document of A4 pages; its text can be searched and copied. */
export function pdfOf<T>({ table, rows, msisdn, from, to, locale }: Pages<T>): Promise<Buffer> {
  const { headings, numeric, cellsOf, title } = table
  const money = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  const cell = (value: Cell, column: number) => ({
    text: typeof value === 'number' ? money.format(value) : value,
    alignment: numeric[column] ? 'right' : 'left',
  })
  const head = headings.map((text, column) => ({
    text,
    bold: true,
    alignment: numeric[column] ? 'right' : 'left',
  }))
  const body = rows.map((row) => cellsOf(row).map(cell))
  const period = from === to ? from : `${from} — ${to}`
  return pdfmake
    .createPdf({
      info: { title: `${title} ${msisdn} ${period}` },
      pageSize: 'A4',
      pageMargins: [36, 36, 36, 40],
      defaultStyle: { font: 'Roboto', fontSize: 8 },
      content: [
        { text: title, fontSize: 16, bold: true },
        { text: `+${msisdn} · ${period}`, fontSize: 10, margin: [0, 4, 0, 12] },
        rows.length === 0
          ? { text: textOf(locale, 'export-nothing') }
          : {
              layout: 'lightHorizontalLines',
              table: {
                headerRows: 1,
                widths: headings.map((_, column) =>
                  column === (numeric.length === 4 ? 2 : 3) ? '*' : 'auto',
                ),
                body: [head, ...body],
              },
            },
      ],
      footer: (page, pages) => ({
        text: `${page} / ${pages}`,
        alignment: 'center',
        fontSize: 8,
        margin: [0, 12, 0, 0],
      }),
    })
    .getBuffer()
}
