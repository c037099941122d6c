import { type RawBuilder, sql } from 'kysely'

/**
 * The right side of `id = any(…)`, for statements that are run often with few ids: PostgreSQL does not see how many there are when it plans.
 * If it does, it finds that a plan for these few would be cheaper than the one for any number that it has kept, and plans anew every
 * time; planning a wide statement takes longer than running it.
 */
export const anyOf = (ids: readonly string[]): RawBuilder<unknown> =>
  sql`any(array(select unnest(${[...ids]}::uuid[])))`
