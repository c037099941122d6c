/** One field that is not what it was; undefined: it was not there, or is there no more. */
export interface Difference {
  readonly field: string
  readonly from: string | undefined
  readonly to: string | undefined
}

/** The fields in which two records of a thing differ, in the order of the later one; what is no record stands in a field without a name. */
export function differences(before: unknown, after: unknown): Difference[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)]
  return [...new Set([...Object.keys(is), ...Object.keys(was)])]
    .map((field) => ({ field, from: told(was[field]), to: told(is[field]) }))
    .filter(({ from, to }) => from !== to)
}

function fieldsOf(record: unknown): Readonly<Record<string, unknown>> {
  if (record === null || record === undefined) return {}
  if (typeof record !== 'object' || Array.isArray(record)) return { '': record }
  return { ...record }
}

function told(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined
  if (Array.isArray(value)) return value.map((one) => told(one) ?? '').join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
