import { type Executor, maybeOne, rows, sql } from '../../platform/database/index.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import { findSubscriber } from './card/store.ts'
import type { Doer } from './doer.ts'
import type { Subscribers } from './subscribers.ts'

/** What may be changed; what is left out stays. */
export interface SubscriberChange {
  readonly name?: string | undefined
  readonly locale?: 'ru' | 'en' | null | undefined
  readonly timeZone?: string | null | undefined
  readonly note?: string | null | undefined
}

/** One of a subscriber's contact points, for asking who may know them; undefined = they have none now. */
export async function anyContactPointOf(db: Executor, subscriberId: string): Promise<string | undefined> {
  const one = await maybeOne(
    db,
    sql<{ id: string }>`
      select contact_point_id as id from subscribers.contact_link
      where subscriber_id = ${subscriberId} and valid_to is null and not voided order by valid_from limit 1`,
  )
  return one?.id
}

/**
 * Changes a subscriber's name, language, time zone (IANA) or note. Announces `subscriber-changed` when something did.
 * Refuses with `not_found`, and with `invalid_request` for a time zone that is none.
 */
export async function changeSubscriber(
  tx: Executor,
  { clock, announce }: Subscribers,
  { id, change, by }: { id: string; change: SubscriberChange; by: Doer },
): Promise<void> {
  if (change.timeZone && !isTimeZone(change.timeZone))
    throw new Refusal('invalid_request', { in: 'timeZone' })
  const before = found(await findSubscriber(tx, id), 'subscriber')
  const after = { ...before, ...withoutUndefined(change) }
  const fields = (['name', 'locale', 'timeZone', 'note'] as const).filter(
    (field) => before[field] !== after[field],
  )
  if (fields.length === 0) return
  await rows(
    tx,
    sql`update subscribers.subscriber
        set name = ${after.name}, locale = ${after.locale}, time_zone = ${after.timeZone}, note = ${after.note}
        where id = ${id}`,
  )
  const linked = await rows(
    tx,
    sql<{ id: string }>`
      select contact_point_id as id from subscribers.contact_link
      where subscriber_id = ${id} and valid_to is null and not voided`,
  )
  const contactPointIds = linked.map((one) => one.id)
  await announce(tx, {
    kind: 'subscriber-changed',
    at: clock.now(),
    by,
    subscriberId: id,
    contactPointIds,
    fields,
  })
}

function withoutUndefined({ name, locale, timeZone, note }: SubscriberChange) {
  return {
    ...(name !== undefined && { name }),
    ...(locale !== undefined && { locale }),
    ...(timeZone !== undefined && { timeZone }),
    ...(note !== undefined && { note }),
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
