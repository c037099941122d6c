import { z } from 'zod'

/** UUID v7 made by whoever creates the thing; sortable by time of making. */
export const Id = z.uuid()
/** An instant in UTC, ISO 8601 with milliseconds. */
export const Instant = z.iso.datetime({ offset: false, precision: 3 })
/** Position of an entry in its lane, from 1, without gaps. */
export const Seq = z.number().int().min(1)
export const Locale = z.enum(['ru', 'en'])
export type Locale = z.infer<typeof Locale>

/** An opaque keyset cursor: take it from `next`, give it back as `after`. */
export const Cursor = z.string().max(400)
/** Where a reader of several lanes stands: it names each of them, and somebody may have many. */
export const TimelineCursor = z.string().max(12_000)
export const PageQuery = z.object({
  after: Cursor.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
})

/**
 * One page of a keyset-paged list.
 * @param item schema of one row
 * @returns `{ items, next }`; `next` is null on the last page
 */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: Cursor.nullable() })

/** What a write answers when there is nothing to tell. */
export const Done = z.object({ done: z.literal(true) }).meta({ id: 'Done' })

/**
 * Free text that a person typed: trimmed of nothing, bounded, storable in PostgreSQL: no NUL, and half a character (where a
 * text was cut, say) becomes U+FFFD.
 */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !value.includes('\u0000'), 'must not contain NUL')
    .overwrite((value) => value.toWellFormed())
export const IdParam = z.object({ id: Id })
