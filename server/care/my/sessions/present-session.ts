import type { z } from 'zod'
import type { LineRef } from '../../../../contracts/lines.ts'
import type { MySession } from '../../../../contracts/my.ts'
import type { Locale } from '../../../../contracts/primitives.ts'
import { type Executor, inTransaction, one, sql } from '../../../platform/database/index.ts'
import type { Subscriber } from '../../../platform/http/index.ts'
import { linkedLinesOf } from '../../subscribers/index.ts'
import type { My } from '../my.ts'
import { syncLines } from '../sync-lines.ts'

/** Who is signed in, with their lines. */
export async function presentSession(
  db: Executor,
  my: My,
  { id, partyId, freshUntil }: Pick<Subscriber, 'id' | 'partyId' | 'freshUntil'>,
): Promise<z.input<typeof MySession>> {
  const [person, lines] = await Promise.all([
    readPersonOf(db, my.accountId, id),
    partyId === null ? [] : linesOf(db, my, id, partyId),
  ])
  const fresh = freshUntil !== null && freshUntil > my.clock.now()
  return {
    subscriberId: id,
    name: person.name,
    locale: person.locale ?? 'ru',
    lines,
    freshUntil: fresh ? freshUntil.toISOString() : null,
    operator: my.settings.operator,
    chatLaneId: person.chatLaneId,
  }
}

interface PersonRow {
  readonly name: string
  readonly locale: Locale | null
  readonly chatLaneId: string | null
}

function readPersonOf(db: Executor, accountId: string, subscriberId: string): Promise<PersonRow> {
  return one(
    db,
    sql<PersonRow>`
      select p.name, p.locale, a.contact_point_id as "chatLaneId"
      from subscribers.subscriber p
      left join subscribers.contact_alias a on a.channel_account_id = ${accountId} and a.external_id = ${subscriberId}::text
      where p.id = ${subscriberId}::uuid`,
  )
}

/** Their lines as the operator says; where our links to them say otherwise, they are brought up to date. */
async function linesOf(db: Executor, my: My, subscriberId: string, partyId: string): Promise<LineRef[]> {
  const [refs, linked] = await Promise.all([
    my.edge.linesOfParty(db, partyId),
    linkedLinesOf(db, subscriberId),
  ])
  const agree = refs.length === linked.size && refs.every(({ id, role }) => linked.get(id) === role)
  if (agree) return refs
  return inTransaction(db, (tx) => syncLines(tx, my, { subscriberId, partyId }))
}
