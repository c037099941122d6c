import type { LineRef } from '../../../contracts/lines.ts'
import type { Executor } from '../../platform/database/index.ts'
import { keepLinesOf, linkedLinesOf } from '../subscribers/index.ts'
import { makeLineLanes } from '../timeline/index.ts'
import type { My } from './my.ts'

type Deps = Pick<My, 'edge' | 'clock'>

/** Lines on which a party has a role, as the operator says now; the subscriber's links to lines are made to agree. */
export async function syncLines(
  tx: Executor,
  { edge, clock }: Deps,
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
  await keepLinesOf(tx, clock, subscriberId, lines)
  await makeLineLanes(
    tx,
    refs.map(({ id }) => id),
  )
  return refs
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
