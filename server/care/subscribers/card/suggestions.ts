import type { SubscriberCard } from '../../../../contracts/subscribers.ts'
import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import type { Likeness } from '../likeness/score.ts'
import { readPersons } from '../persons.ts'

const MOST = 10

interface Suggested {
  readonly id: string
  readonly contactPointId: string
  readonly channel: SubscriberCard['suggestions'][number]['channel']
  readonly likeness: Likeness[]
  readonly score: number
}

/** Other people whom the person of these contact points may also be, the likeliest first. */
export async function readSuggestions(
  db: Executor,
  contactPointIds: readonly string[],
): Promise<SubscriberCard['suggestions']> {
  const suggested = await rows(
    db,
    sql<Suggested>`
      select pair.id, o.id as "contactPointId", o.channel, pair.likeness, pair.score
      from (
        select id, other_contact_point_id as other, likeness, score from subscribers.suggestion
        where contact_point_id = any(${contactPointIds}::uuid[]) and state = 'open'
        union all
        select id, contact_point_id, likeness, score from subscribers.suggestion
        where other_contact_point_id = any(${contactPointIds}::uuid[]) and state = 'open'
      ) pair
      join subscribers.contact_point o on o.id = pair.other and o.erased_at is null
      where o.id <> all(${contactPointIds}::uuid[])
      order by pair.score desc, pair.id limit ${MOST}`,
  )
  const persons = await readPersons(
    db,
    suggested.map((one) => one.contactPointId),
  )
  return suggested.map((one) => {
    const person = persons.get(one.contactPointId)
    return { ...one, subscriberId: person?.subscriberId ?? null, name: person?.name ?? '' }
  })
}
