import type { Clock } from '../../../platform/clock.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import {
  closeLineLinks,
  insertLineLink,
  type LineLink,
  type LineRole,
  lockLineLinks,
  readLineLinks,
  subscribersOfParties,
} from './store.ts'

/** A line on which somebody has a role now. */
export interface HeldLine {
  readonly lineId: string
  readonly role: LineRole
  readonly since?: Date | undefined
}

/** Somebody who has a role on a line now. */
export interface LineHolder {
  readonly partyId: string
  readonly role: LineRole
  readonly since?: Date | undefined
}

/**
 * Makes a subscriber's dated links to lines agree with what the operator says now: new roles begin, those that are gone or other
 * end. Repeating it changes nothing. Gives the lines whose links changed.
 */
export async function keepLinesOf(
  tx: Executor,
  clock: Clock,
  subscriberId: string,
  lines: readonly HeldLine[],
): Promise<string[]> {
  const before = await readLineLinks(tx, { subscriberId })
  await lockLineLinks(tx, [...new Set([...before, ...lines].map((one) => one.lineId))])
  const wanted = lines.map((line) => ({ ...line, subscriberId }))
  return agree(tx, clock, await readLineLinks(tx, { subscriberId }), wanted)
}

/** The same for everybody of one line whom we have met. */
export async function keepPeopleOfLine(
  tx: Executor,
  clock: Clock,
  lineId: string,
  people: readonly LineHolder[],
): Promise<void> {
  await lockLineLinks(tx, [lineId])
  const met = await subscribersOfParties(
    tx,
    people.map((one) => one.partyId),
  )
  const wanted = people.flatMap(({ partyId, role, since }) => {
    const subscriberId = met.get(partyId)
    return subscriberId === undefined ? [] : [{ lineId, subscriberId, role, since }]
  })
  await agree(tx, clock, await readLineLinks(tx, { lineId }), wanted)
}

type Wanted = HeldLine & { readonly subscriberId: string }

const keyOf = ({ lineId, subscriberId }: Pick<LineLink, 'lineId' | 'subscriberId'>) =>
  `${lineId}/${subscriberId}`

async function agree(
  tx: Executor,
  clock: Clock,
  held: readonly LineLink[],
  wanted: readonly Wanted[],
): Promise<string[]> {
  const at = clock.now()
  const wantedNow = new Map(wanted.map((one) => [keyOf(one), one]))
  const over = held.filter((link) => wantedNow.get(keyOf(link))?.role !== link.role)
  await closeLineLinks(
    tx,
    over.map(({ id }) => id),
    at,
  )
  const stays = new Set(held.filter((link) => !over.includes(link)).map(keyOf))
  const changed = new Set(over.map(keyOf))
  const fresh = [...wantedNow.values()].filter((one) => !stays.has(keyOf(one)))
  for (const { lineId, subscriberId, role, since } of fresh) {
    // Another role of the same person goes on where the former ended.
    const from = changed.has(keyOf({ lineId, subscriberId })) ? at : since
    await insertLineLink(tx, { id: newId(clock), lineId, subscriberId, role, at, since: from })
  }
  return [...new Set([...over, ...fresh].map((one) => one.lineId))]
}
