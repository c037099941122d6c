import pg from 'pg'

const { builtins } = pg.types
const INT8_ARRAY = 1016
const DATE_ARRAY = 1182

function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error(`int8 ${text} does not fit a JavaScript number`)
  return value
}

const asText = (text: string) => text

// An array literal whose elements are never quoted: {1,2,NULL}.
function arrayOf<T>(parse: (item: string) => T): (text: string) => (T | null)[] {
  return (text) => {
    const inside = text.slice(1, -1)
    return inside === '' ? [] : inside.split(',').map((item) => (item === 'NULL' ? null : parse(item)))
  }
}

// A date is a day of a calendar, not an instant: the driver's own parser would make it midnight of this machine's time zone.
const parsers = new Map<number, (text: string) => unknown>([
  [builtins.INT8, safeInteger],
  [INT8_ARRAY, arrayOf(safeInteger)],
  [builtins.DATE, asText],
  [DATE_ARRAY, arrayOf(asText)],
])

/** How column values become JavaScript values; given to each pool, so that other users of the driver keep their own ways. */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: (type: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : parsers.get(type)) ?? pg.types.getTypeParser(type, format),
}
