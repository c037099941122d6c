import type { z } from 'zod'
import { Refusal } from '../../platform/refusal.ts'
import { hasAttribute } from './attribute.ts'

const OPERATORS = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte'] as const
export type Operator = (typeof OPERATORS)[number]

/** One filter: an attribute against values, of which any will do (`ne`: none may be). */
export interface Condition {
  readonly attribute: string
  readonly operator: Operator
  readonly values: readonly string[]
}

/** Does it ask for one value exactly? */
export const isExact = ({ operator, values }: Condition): boolean => operator === 'eq' && values.length === 1

/** What a list is asked for (TMF630). */
export interface Query {
  /** Attributes to be told; undefined = all. `id` and `href` always are. */
  readonly fields: readonly string[] | undefined
  /** Where a walk through everybody's things goes on; undefined = at their beginning. */
  readonly after?: string | undefined
  readonly offset: number
  readonly limit: number
  readonly conditions: readonly Condition[]
}

/** How far a list is looked through: who wants more asks more narrowly. */
export const MOST_ROWS = 1_000
const USUAL_ROWS = 100
const MOST_CONDITIONS = 20
/** Words that no resource has as an attribute. */
const RESERVED = ['fields', 'offset', 'limit', 'after']
const MOST_AFTER = 200

/**
 * Reads a query: `fields`, `offset`, `limit`, and filters `attribute=value`, `attribute.gt=value` …; values separated by commas, or
 * given again, are alternatives. Refuses with `invalid_request` what is malformed, an attribute that the resource does not have included.
 * @param schema shape of the resource
 */
export function queryOf(schema: z.ZodObject, raw: Readonly<Record<string, unknown>>): Query {
  const names = Object.keys(raw).filter((name) => !RESERVED.includes(name))
  if (names.length > MOST_CONDITIONS) throw refusal('query', 'too many filters')
  return {
    fields: fieldsOf(schema, raw.fields),
    ...(raw.after !== undefined && { after: placeOf(raw.after) }),
    offset: countOf('offset', raw.offset, 0, 0),
    limit: countOf('limit', raw.limit, 1, USUAL_ROWS),
    conditions: names.map((name) => conditionOf(schema, name, raw[name])),
  }
}

/** Reads the query of one thing: `fields` alone. */
export function fieldsOf(schema: z.ZodObject, raw: unknown): readonly string[] | undefined {
  if (raw === undefined) return undefined
  const names = valuesOf(raw).map((name) => name.trim())
  const wanted = names.filter((name) => name !== '' && name !== 'none')
  for (const name of wanted) if (!hasAttribute(schema, name)) throw refusal(name, 'no such attribute')
  return wanted
}

function conditionOf(schema: z.ZodObject, name: string, raw: unknown): Condition {
  const values = valuesOf(raw)
  if (hasAttribute(schema, name)) return { attribute: name, operator: 'eq', values }
  const dot = name.lastIndexOf('.')
  const attribute = name.slice(0, Math.max(dot, 0))
  const operator = OPERATORS.find((one) => one === name.slice(dot + 1))
  if (operator === undefined || !hasAttribute(schema, attribute)) throw refusal(name, 'no such attribute')
  return { attribute, operator, values }
}

function countOf(name: string, raw: unknown, least: number, usual: number): number {
  if (raw === undefined) return usual
  const count = typeof raw === 'string' && /^\d{1,6}$/.test(raw) ? Number(raw) : -1
  if (count < least || count > MOST_ROWS) throw refusal(name, `a whole number from ${least} to ${MOST_ROWS}`)
  return count
}

function placeOf(raw: unknown): string {
  if (typeof raw === 'string' && raw !== '' && raw.length <= MOST_AFTER) return raw
  throw refusal('after', 'a place as it was told')
}

const valuesOf = (raw: unknown): string[] =>
  (Array.isArray(raw) ? raw : [raw]).flatMap((one) => (typeof one === 'string' ? one.split(',') : []))

/** The value is not repeated: it may be personal. */
const refusal = (at: string, says: string) =>
  new Refusal('invalid_request', { in: 'query', issues: [{ at, says }] })
