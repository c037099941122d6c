import type { z } from 'zod'
import { Refusal } from '../../platform/refusal.ts'

/** A body as its schema has it. Refuses with `invalid_request`; the values stay out of it: they may be personal. */
export function parsed<B extends z.ZodType>(schema: B, body: unknown): z.output<B> {
  const read = schema.safeParse(body)
  if (read.success) return read.data
  const issues = read.error.issues.map(({ path, message }) => ({ at: path.join('.'), says: message }))
  throw new Refusal('invalid_request', { in: 'body', issues })
}
