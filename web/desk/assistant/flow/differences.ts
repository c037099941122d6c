/** What stood at a place, and what stands there now; undefined: nothing. */
export interface Difference {
  readonly path: string
  readonly before: string | undefined
  readonly after: string | undefined
}

/** Leaves in which two values differ, in the order of the newer one. */
export function differences(before: unknown, after: unknown): Difference[] {
  const old = leaves(before)
  const fresh = leaves(after)
  const paths = [...fresh.keys(), ...[...old.keys()].filter((path) => !fresh.has(path))]
  return paths
    .map((path) => ({ path, before: old.get(path), after: fresh.get(path) }))
    .filter((one) => one.before !== one.after)
}

function leaves(value: unknown, path: readonly string[] = []): Map<string, string> {
  if (value === null || value === undefined) return new Map()
  if (typeof value !== 'object') return new Map([[path.join(' › '), String(value)]])
  const numbered = Array.isArray(value)
  return new Map(
    Object.entries(value).flatMap(([key, part]) => [
      ...leaves(part, [...path, numbered ? String(Number(key) + 1) : key]),
    ]),
  )
}
