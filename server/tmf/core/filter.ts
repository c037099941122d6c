import { valuesAt } from './attribute.ts'
import type { Condition, Operator } from './query.ts'

/** Whether a thing passes every filter. */
export const passes = (thing: unknown, conditions: readonly Condition[]): boolean =>
  conditions.every((one) => holds(thing, one))

/** Of an attribute with several values one that fits is enough; `ne` wants none that is equal. */
function holds(thing: unknown, { attribute, operator, values }: Condition): boolean {
  const has = valuesAt(thing, attribute)
  const equal = (one: unknown) => values.some((wanted) => compare(one, wanted) === 0)
  if (operator === 'ne') return !has.some(equal)
  if (operator === 'eq') return has.some(equal)
  return has.some((one) => values.some((wanted) => inOrder(operator, compare(one, wanted))))
}

function inOrder(operator: Exclude<Operator, 'eq' | 'ne'>, order: number | undefined): boolean {
  if (order === undefined) return false
  if (operator === 'gt') return order > 0
  if (operator === 'gte') return order >= 0
  return operator === 'lt' ? order < 0 : order <= 0
}

const INSTANT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/

/** Less, equal or more; undefined = they cannot be compared. Instants by time, however they are written. */
function compare(value: unknown, wanted: string): number | undefined {
  if (typeof value === 'number') return numbersInOrder(value, Number(wanted))
  if (typeof value === 'boolean') return String(value) === wanted ? 0 : undefined
  if (typeof value !== 'string') return undefined
  if (INSTANT.test(value) && INSTANT.test(wanted))
    return numbersInOrder(Date.parse(value), Date.parse(wanted))
  return value === wanted ? 0 : value < wanted ? -1 : 1
}

function numbersInOrder(one: number, other: number): number | undefined {
  const difference = one - other
  return Number.isNaN(difference) ? undefined : difference
}
