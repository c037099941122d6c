import type { LineRef } from '../../../contracts/lines.ts'
import type { Executor } from '../../platform/database/index.ts'
import { keepLinesOf, linkedLinesOf, readSubscriber } from '../subscribers/index.ts'
import { makeLineLanes } from '../timeline/index.ts'
import type { My } from './my.ts'

type Deps = Pick<My, 'edge' | 'clock' | 'subscribers'>

/** Lines on which a party has a role, as the operator says now; the subscriber's links to lines are made to agree. */
export async function syncLines(
  tx: Executor,
  { edge, clock, subscribers }: Deps,
  { subscriberId, partyId }: { readonly subscriberId: string; readonly partyId: string },
): Promise<LineRef[]> {
  const refs = await edge.linesOfParty(tx, partyId)
  const linked = await linkedLinesOf(tx, subscriberId)
  const lines = []
  for (const { id, role } of refs) {
    // Since when is asked once a line: links are dated, and there are few.
    const since = linked.has(id) ? undefined : await roleBegan(tx, edge, id, partyId)
    lines.push({ lineId: id, role, since })
  }
  const changed = await keepLinesOf(tx, clock, subscriberId, lines)
  await makeLineLanes(
    tx,
    refs.map(({ id }) => id),
  )
  if (changed.length > 0) await tellOfLines(tx, subscribers, subscriberId)
  return refs
}

/** Whoever looks at the person looks again. */
async function tellOfLines(
  tx: Executor,
  { announce }: Deps['subscribers'],
  subscriberId: string,
): Promise<void> {
  const { lanes } = await readSubscriber(tx, subscriberId)
  const points = lanes.filter(({ kind, to }) => kind === 'contact-point' && to === null)
  await announce(tx, {
    kind: 'lines-of-person-changed',
    contactPointIds: points.map(({ laneId }) => laneId),
  })
}

async function roleBegan(
  tx: Executor,
  edge: Deps['edge'],
  lineId: string,
  partyId: string,
): Promise<Date | undefined> {
  const line = await edge.findLine(tx, lineId)
  return line?.people.find((one) => one.partyId === partyId)?.since
}
