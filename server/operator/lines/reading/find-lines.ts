import type { LineRef } from '../../../../contracts/lines.ts'
import type { Executor } from '../../../platform/database/index.ts'
import type { LineIdentity } from '../../edge/index.ts'
import type { LinesContext } from '../lines-context.ts'
import { selectIdentity, selectIdentityByMsisdn, selectLinesOfParty } from '../store/identities.ts'

/** More than anybody may hold: 20 numbers a citizen by Russian law; a company’s fleet is not looked through on a phone. */
const MOST_LINES = 1_000

/** The line that has a number now, with its people. Numbers are recycled: an ended line is not found by it. */
export function findLineByMsisdn(
  db: Executor,
  { clock }: LinesContext,
  msisdn: string,
): Promise<LineIdentity | undefined> {
  return selectIdentityByMsisdn(db, msisdn, clock.now())
}

/** A line with its people now, ended ones included. */
export function findLine(
  db: Executor,
  { clock }: LinesContext,
  lineId: string,
): Promise<LineIdentity | undefined> {
  return selectIdentity(db, lineId, clock.now())
}

/** Lines on which a party has a role now, own ones first; at most 1,000, ended ones left out. */
export function linesOfParty(db: Executor, { clock }: LinesContext, partyId: string): Promise<LineRef[]> {
  return selectLinesOfParty(db, partyId, clock.now(), MOST_LINES)
}
