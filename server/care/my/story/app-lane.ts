import { type Executor, maybeOne, sql } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { My } from '../my.ts'

/** A subscriber as the pipelines know them in the app. */
export const sightingOf = ({ accountId }: Pick<My, 'accountId'>, subscriberId: string) => ({
  channelAccountId: accountId,
  channel: 'my' as const,
  externalId: subscriberId,
  address: subscriberId,
})

/** The lane of a subscriber's chat in the app. Refuses with `not_found`: they were erased. */
export async function appLaneOf(
  db: Executor,
  { accountId }: Pick<My, 'accountId'>,
  subscriberId: string,
): Promise<string> {
  const alias = await maybeOne(
    db,
    sql<{ id: string }>`
      select contact_point_id as id from subscribers.contact_alias
      where channel_account_id = ${accountId} and external_id = ${subscriberId}`,
  )
  if (!alias) throw new Refusal('not_found', { what: 'chat' })
  return alias.id
}
