import { type Executor, maybeOne, sql } from '../../../platform/database/index.ts'
import { found } from '../../../platform/refusal.ts'

/**
 * Not the same person: the pair is not suggested again. One that was accepted meanwhile stays so. The id is known only from the card of a person whom
 * the caller may know. Refuses with `not_found`.
 */
export async function dismissSuggestion(db: Executor, suggestionId: string): Promise<void> {
  const dismissed = await maybeOne(
    db,
    sql`update subscribers.suggestion set state = case state when 'open' then 'dismissed' else state end
        where id = ${suggestionId} returning id`,
  )
  found(dismissed, 'suggestion')
}
