import { z } from 'zod'

/** Whether things of this shape have the attribute: names separated by dots, lists looked through. */
export function hasAttribute(schema: z.ZodType, path: string): boolean {
  let at: z.ZodType[] = [schema]
  for (const name of path.split('.')) {
    at = at.flatMap(unwrapped).flatMap((one) => step(one, name))
    if (at.length === 0) return false
  }
  return true
}

function step(schema: z.ZodType, name: string): z.ZodType[] {
  if (schema instanceof z.ZodObject) {
    const next: unknown = Object.hasOwn(schema.shape, name) ? schema.shape[name] : undefined
    return next instanceof z.ZodType ? [next] : []
  }
  // A value of any kind may have any attribute.
  return schema instanceof z.ZodUnknown ? [schema] : []
}

/** What is behind optional, null, a list, a choice. */
function unwrapped(schema: z.ZodType): z.ZodType[] {
  const inner = innerOf(schema)
  return inner === undefined
    ? [schema]
    : inner.flatMap((one) => (one instanceof z.ZodType ? unwrapped(one) : []))
}

function innerOf(schema: z.ZodType): readonly unknown[] | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return [schema.unwrap()]
  if (schema instanceof z.ZodArray) return [schema.element]
  if (schema instanceof z.ZodUnion) return schema.options
  return undefined
}

/** All values that a thing has at a path; lists on the way are looked through. */
export function valuesAt(thing: unknown, path: string): unknown[] {
  let at: unknown[] = [thing]
  for (const name of path.split('.')) at = at.flatMap((one) => flat(attributeOf(one, name)))
  return at
}

const flat = (value: unknown): unknown[] =>
  Array.isArray(value) ? value.flatMap(flat) : value === undefined || value === null ? [] : [value]

function attributeOf(thing: unknown, name: string): unknown {
  return typeof thing === 'object' && thing !== null && Object.hasOwn(thing, name)
    ? (thing as Record<string, unknown>)[name]
    : undefined
}
