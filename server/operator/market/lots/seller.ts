import type { Executor } from '../../../platform/database/index.ts'
import { found } from '../../../platform/refusal.ts'
import type { PartyIdentity } from '../../edge/index.ts'
import { findLines, findParty, type LineState, type LinesContext } from '../../lines/index.ts'

/** Who holds a line. Refuses with `not_found`. */
export async function holderOf(
  db: Executor,
  lines: LinesContext,
  { id }: Pick<LineState, 'id'>,
): Promise<PartyIdentity> {
  const line = found((await findLines(db, lines, [id])).get(id), 'line')
  const owner = line.people.find(({ role }) => role === 'owner')
  return found(owner && (await findParty(db, owner.partyId)), 'party')
}
