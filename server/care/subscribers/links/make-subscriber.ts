import type { ChannelKind } from '../../../../contracts/channels.ts'
import type { Clock } from '../../../platform/clock.ts'
import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import { localeOf } from '../locale.ts'
import { callOf } from '../persons.ts'

interface Called {
  readonly displayName: string | null
  readonly username: string | null
  readonly locale: string | null
  readonly channel: ChannelKind
  readonly address: string
}

const wordsOf = ({ displayName }: Called) => displayName?.trim().split(/\s+/).length ?? 0

/** The fullest name of the two: «Анна Петрова» rather than «Anna», any name rather than an address. */
function bestNameOf(called: readonly Called[]): string {
  const [best] = [...called].sort((a, b) => wordsOf(b) - wordsOf(a))
  if (!best) throw new Error('a subscriber is made of contact points')
  return callOf(best)
}

/** Makes a subscriber of contact points that turned out to be one person. Gives their id. */
export async function makeSubscriber(
  tx: Executor,
  clock: Clock,
  contactPointIds: readonly string[],
): Promise<string> {
  const called = await rows(
    tx,
    sql<Called>`
      select display_name as "displayName", username, locale, channel, address
      from subscribers.contact_point where id = any(${contactPointIds}::uuid[]) order by created_at, id`,
  )
  const id = newId(clock)
  const locale = called.map((one) => localeOf(one.locale)).find((one) => one !== null) ?? null
  await rows(
    tx,
    sql`insert into subscribers.subscriber (id, name, locale, created_at)
        values (${id}, ${bestNameOf(called)}, ${locale}, ${clock.now()})`,
  )
  return id
}
