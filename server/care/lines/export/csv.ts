/** What stands in a cell: text that people wrote or read, or a number. */
export type Cell = string | number

/** Programs that open tables run a cell that begins so. */
const FORMULA = /^[=+\-@\t\r]/

/** UTF-8 by its mark: without it some programs read Cyrillic as another encoding. */
export const BYTE_ORDER_MARK = '\uFEFF'

/** One record of RFC 4180, its line break included. Text that a program would run as a formula begins with an apostrophe. */
export function csvRecord(cells: readonly Cell[]): string {
  return `${cells.map(written).join(',')}\r\n`
}

function written(cell: Cell): string {
  if (typeof cell === 'number') return String(cell)
  const safe = FORMULA.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
