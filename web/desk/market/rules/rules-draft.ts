import { MarketRules } from '../../../../contracts/market.ts'
import { kindOf, PATHS, type RulePath, typeOfPath, type Value, valueAt } from './rule-fields.ts'

/** Figures that somebody typed and has not published: they move by themselves onto whatever version is in force. */
export type Draft = ReadonlyMap<RulePath, Value>

const isSame = (one: Value, other: Value) => JSON.stringify(one) === JSON.stringify(other)

/** A draft with one figure more; one that is again as it is in force is no change. */
export function withValue(draft: Draft, rules: MarketRules, path: RulePath, value: Value): Draft {
  const next = new Map(draft)
  if (isSame(valueAt(rules, path), value)) next.delete(path)
  else next.set(path, value)
  return next
}

/** What is still a change of these rules: somebody else may have published the same. */
export const changesOf = (draft: Draft, rules: MarketRules): Draft =>
  new Map([...draft].filter(([path, value]) => !isSame(valueAt(rules, path), value)))

/** The figure as it would be. */
export const drafted = (draft: Draft, rules: MarketRules, path: RulePath): Value =>
  draft.get(path) ?? valueAt(rules, path)

/** The rules as they would be; what of them cannot be is `faultsOf`'s matter. */
function applied(draft: Draft, rules: MarketRules): unknown {
  const copy: unknown = structuredClone(rules)
  for (const [path, value] of draft) put(copy, path.split('.'), value)
  return copy
}

function put(into: unknown, [name, ...below]: readonly string[], value: Value): void {
  if (name === undefined || typeof into !== 'object' || into === null) return
  if (below.length === 0) Object.assign(into, { [name]: value })
  else put(Reflect.get(into, name), below, value)
}

/** What is wrong with a figure. Bounds are in the figure's own unit: kopecks, basis points, days. */
export interface Fault {
  readonly path: RulePath
  readonly fault: 'number' | 'whole' | 'min' | 'max' | 'order' | 'id'
  readonly bound?: number
}

/** The rules as they would be, or what is wrong with them. */
export function judge(
  draft: Draft,
  rules: MarketRules,
): { readonly rules: MarketRules | undefined; readonly faults: readonly Fault[] } {
  const read = MarketRules.safeParse(applied(draft, rules))
  if (read.success) return { rules: read.data, faults: [] }
  const faults = read.error.issues.flatMap((issue) => {
    const path = PATHS.find((one) => one === issue.path.slice(0, depthOf(issue.path)).join('.'))
    return path ? [faultOf(path, issue)] : []
  })
  // Of several things that are wrong with a figure the first is said.
  const first = new Map(
    [...faults, ...wrongWay(draft, rules, faults)].reverse().map((one) => [one.path, one]),
  )
  return { rules: undefined, faults: [...first.values()].reverse() }
}

/** An index within a list is the list's matter. */
const depthOf = (path: readonly PropertyKey[]) =>
  typeof path.at(-1) === 'number' ? path.length - 1 : path.length

function faultOf(path: RulePath, issue: { code: string; minimum?: unknown; maximum?: unknown }): Fault {
  if (kindOf(path).kind === 'ids') return { path, fault: 'id' }
  if (issue.code === 'too_small') return { path, fault: 'min', bound: Number(issue.minimum) }
  if (issue.code === 'too_big') return { path, fault: 'max', bound: Number(issue.maximum) }
  return { path, fault: issue.code === 'invalid_type' && 'format' in issue ? 'whole' : 'number' }
}

/** "From" above "to" is said at the "to". */
function wrongWay(draft: Draft, rules: MarketRules, others: readonly Fault[]): Fault[] {
  const known = new Set(others.map(({ path }) => path))
  return PATHS.flatMap((path): Fault[] => {
    const ofType = typeOfPath(path)
    if (!ofType?.name.startsWith('max') || known.has(path)) return []
    const from = PATHS.find((one) => one === path.replace('.max', '.min'))
    if (!from || known.has(from)) return []
    return drafted(draft, rules, from) > drafted(draft, rules, path) ? [{ path, fault: 'order' }] : []
  })
}

/** How one version of the rules differs from another. */
export const differences = (before: MarketRules, after: MarketRules): readonly RulePath[] =>
  PATHS.filter((path) => !isSame(valueAt(before, path), valueAt(after, path)))
