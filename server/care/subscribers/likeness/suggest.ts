import { type Db, type Executor, inTransaction, rows, sql } from '../../../platform/database/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import type { Subscribers } from '../subscribers.ts'
import { type AlikePair, findAlike } from './find-alike.ts'
import { scoreOf } from './score.ts'

const BATCH = 50

/**
 * Looks for people whom these contact points may also be, and suggests them; a person decides. Dismissed pairs are not suggested again.
 * Gives how many pairs are new. Announces `likeness-found` for each.
 */
export async function suggestFor(
  tx: Executor,
  subscribers: Subscribers,
  contactPointIds: readonly string[],
): Promise<number> {
  const { clock, announce } = subscribers
  const pairs = await findAlike(tx, contactPointIds)
  const made = await keep(tx, subscribers, pairs)
  const by = { kind: 'system', name: 'likeness' } as const
  for (const contactPointIds of made)
    await announce(tx, { kind: 'likeness-found', at: clock.now(), by, contactPointIds })
  return made.length
}

async function keep(
  tx: Executor,
  { clock }: Subscribers,
  pairs: readonly AlikePair[],
): Promise<[string, string][]> {
  const kept = await rows(
    tx,
    sql<{ id: string; otherId: string; isNew: boolean }>`
      insert into subscribers.suggestion
        (id, contact_point_id, other_contact_point_id, likeness, score, created_at)
      select id, least(one, other), greatest(one, other), string_to_array(likeness, ','), score, ${clock.now()}
      from unnest(
        ${pairs.map(() => newId(clock))}::uuid[], ${pairs.map(({ id }) => id)}::uuid[],
        ${pairs.map(({ otherId }) => otherId)}::uuid[], ${pairs.map(({ likeness }) => likeness.join(','))}::text[],
        ${pairs.map(({ likeness }) => scoreOf(likeness))}::real[]
      ) as found (id, one, other, likeness, score)
      order by 2, 3
      on conflict (contact_point_id, other_contact_point_id) do update
        set likeness = excluded.likeness, score = excluded.score
        where suggestion.state <> 'dismissed' and suggestion.likeness <> excluded.likeness
      returning contact_point_id as id, other_contact_point_id as "otherId", xmax = 0 as "isNew"`,
  )
  return kept.filter(({ isNew }) => isNew).map(({ id, otherId }) => [id, otherId])
}

/** Looks at contact points that are new or changed since the last look, some at a time; nodes share them. Gives how many. For a loop. */
export function suggestDue(db: Db, subscribers: Subscribers): Promise<number> {
  return inTransaction(db, async (tx) => {
    const due = await rows(
      tx,
      sql<{ id: string }>`
        update subscribers.contact_point set likeness_due = false
        where id in (
          select id from subscribers.contact_point where likeness_due
          order by created_at limit ${BATCH} for no key update skip locked)
        returning id`,
    )
    if (due.length > 0)
      await suggestFor(
        tx,
        subscribers,
        due.map(({ id }) => id),
      )
    return due.length
  })
}
