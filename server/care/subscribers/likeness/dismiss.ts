import { type Executor, maybeOne, sql } from '../../../platform/database/index.ts'
import { found } from '../../../platform/refusal.ts'
import type { Doer } from '../doer.ts'
import type { Subscribers } from '../subscribers.ts'

interface Pair {
  readonly one: string
  readonly other: string
}

/**
 * Not the same person: the pair is not suggested again. One that was accepted meanwhile stays so. The id is known only from the card of a person whom
 * the caller may know. Announces `suggestion-dismissed` where it was open. Refuses with `not_found`.
 */
export async function dismissSuggestion(
  tx: Executor,
  { clock, announce }: Subscribers,
  { id, by }: { readonly id: string; readonly by: Doer },
): Promise<void> {
  const dismissed = await maybeOne(
    tx,
    sql<Pair>`update subscribers.suggestion set state = 'dismissed' where id = ${id} and state = 'open'
      returning contact_point_id as one, other_contact_point_id as other`,
  )
  if (!dismissed)
    return void found(
      await maybeOne(tx, sql`select 1 from subscribers.suggestion where id = ${id}`),
      'suggestion',
    )
  await announce(tx, {
    kind: 'suggestion-dismissed',
    at: clock.now(),
    by,
    suggestionId: id,
    contactPointIds: [dismissed.one, dismissed.other],
  })
}
