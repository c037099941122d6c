import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvRecord } from './csv.ts'

/** A reader of RFC 4180, written from its grammar. */
function readRecord(line: string): string[] {
  const cells: string[] = []
  let rest = line.replace(/\r\n$/, '')
  for (;;) {
    const [whole = '', quoted, plain] = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))/.exec(rest) ?? []
    cells.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'))
    rest = rest.slice(whole.length)
    if (rest === '') return cells
    if (!rest.startsWith(',')) throw new Error(`not of RFC 4180: ${rest}`)
    rest = rest.slice(1)
  }
}

test('whatever stands in a cell is read as it was written, and no cell of text begins as a formula', () => {
  const cell = fc.oneof(
    fc.string(),
    fc.constantFrom('=1+1', '@SUM(A1)', '+7', '-1', '\t=1', 'a,"b"\r\nc', ''),
  )
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (cells) => {
      const read = readRecord(csvRecord(cells))
      expect(read.map((one, place) => (one === cells[place] ? one : one.replace(/^'/, '')))).toEqual(cells)
      for (const one of read) expect(one).not.toMatch(/^[=+\-@\t\r]/)
    }),
  )
})

test('numbers stay numbers, also below nothing', () => {
  expect(csvRecord([-12.5, 3])).toBe('-12.5,3\r\n')
})
