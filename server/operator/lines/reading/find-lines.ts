import type { LineRef } from '../../../../contracts/lines.ts'
import type { Executor } from '../../../platform/database/index.ts'
import type { LineIdentity, PartyIdentity } from '../../edge/index.ts'
import type { LinesContext } from '../lines-context.ts'
import {
  selectIdentities,
  selectIdentityByMsisdn,
  selectLinesOfParty,
  selectNumbers,
  selectParty,
} from '../store/identities.ts'

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

/** Lines with their people now, by id, ended ones included: one statement for any number of them. */
export async function findLines(
  db: Executor,
  { clock }: LinesContext,
  lineIds: readonly string[],
): Promise<Map<string, LineIdentity>> {
  const found = await selectIdentities(db, lineIds, clock.now())
  return new Map(found.map((line) => [line.id, line]))
}

/** The same for one line. */
export async function findLine(
  db: Executor,
  lines: LinesContext,
  lineId: string,
): Promise<LineIdentity | undefined> {
  return (await findLines(db, lines, [lineId])).get(lineId)
}

/** A party of our books; undefined = unknown, or its data was destroyed. */
export function findParty(db: Executor, partyId: string): Promise<PartyIdentity | undefined> {
  return selectParty(db, partyId)
}

/** Lines on which a party has a role now, own ones first; at most 1,000, ended ones left out. */
export function linesOfParty(db: Executor, { clock }: LinesContext, partyId: string): Promise<LineRef[]> {
  return selectLinesOfParty(db, partyId, clock.now(), MOST_LINES)
}

/** Numbers of lines, ended ones included, by line. One query. */
export function numbersOf(db: Executor, lineIds: readonly string[]): Promise<Map<string, string>> {
  return selectNumbers(db, lineIds)
}
