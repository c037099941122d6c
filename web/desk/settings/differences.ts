/** One value that is not what it was; undefined: it was not there, or is there no more. */
export interface Difference {
  /** Where it stands: `['settings', 'imap', 'host']`; empty where the record is no record. */
  readonly path: readonly string[]
  readonly from: unknown
  readonly to: unknown
}

/** What tells records of a list apart, if they have it: their differences stand under it. */
const NAMES = ['what', 'code'] as const
/** What nobody changed: names of rows, and what was found out about them. */
const UNTOLD: ReadonlySet<string> = new Set(['id', 'capabilities', 'health', 'createdAt'])

/** The values in which two records of a thing differ, however deep, in the order of the later one. */
export function differences(before: unknown, after: unknown): Difference[] {
  const [was, is] = [valuesOf(before, []), valuesOf(after, [])]
  const [from, to] = [byPath(was), byPath(is)]
  const paths = new Map([...is, ...was].map(({ path }) => [path.join('.'), path]))
  return [...paths]
    .map(([at, path]) => ({ path, from: from.get(at), to: to.get(at) }))
    .filter((one) => JSON.stringify(one.from) !== JSON.stringify(one.to))
}

interface Placed {
  readonly path: readonly string[]
  readonly value: unknown
}

const byPath = (values: readonly Placed[]): ReadonlyMap<string, unknown> =>
  new Map(values.map(({ path, value }) => [path.join('.'), value]))

function valuesOf(value: unknown, path: readonly string[]): Placed[] {
  if (value === null || value === undefined) return []
  if (typeof value !== 'object') return [{ path, value }]
  const named = Array.isArray(value) ? byName(value) : Object.entries(value)
  if (named === undefined) return [{ path, value }]
  return named.flatMap(([name, inner]) => (UNTOLD.has(name) ? [] : valuesOf(inner, [...path, name])))
}

/** The records of a list under their names, without them; undefined where they have none. */
function byName(list: readonly unknown[]): [string, unknown][] | undefined {
  const named = list.map((one): [string, unknown] | undefined => {
    if (typeof one !== 'object' || one === null) return undefined
    const rest: Record<string, unknown> = { ...one }
    const by = NAMES.find((name) => typeof rest[name] === 'string')
    if (by === undefined) return undefined
    const name = String(rest[by])
    delete rest[by]
    return [name, rest]
  })
  return list.length > 0 && named.every((one) => one !== undefined) ? named : undefined
}
