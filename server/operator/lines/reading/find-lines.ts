import type { LineRef, LineRole } from '../../../../contracts/lines.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { idCursor, pageOf, readIdCursor } from '../../../platform/pages.ts'
import type { LineIdentity, Page, PageAsk, PartyIdentity } from '../../edge/index.ts'
import type { LinesContext } from '../lines-context.ts'
import {
  selectIdentities,
  selectIdentitiesAfter,
  selectIdentityByMsisdn,
  selectLinesOfParties,
  selectNumbers,
  selectPartiesAfter,
  selectParty,
  selectPartyNames,
  selectRoles,
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

/** Somebody on a line, without their name. */
export interface RoleOnLine {
  readonly partyId: string
  readonly role: LineRole
  readonly since: Date
}

/** What people are on lines now, by line, the owner first; a line without people is absent. One statement for any number of them. */
export async function findRoles(
  db: Executor,
  { clock }: LinesContext,
  lineIds: readonly string[],
): Promise<Map<string, RoleOnLine[]>> {
  const byLine = new Map<string, RoleOnLine[]>()
  for (const { lineId, ...role } of await selectRoles(db, lineIds, clock.now()))
    byLine.set(lineId, [...(byLine.get(lineId) ?? []), role])
  return byLine
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

/** Names of parties, by party; those whose data was destroyed have none. One query. */
export function namesOfParties(db: Executor, partyIds: readonly string[]): Promise<Map<string, string>> {
  return selectPartyNames(db, partyIds)
}

/** Lines on which a party has a role now, own ones first; at most 1,000, ended ones left out. */
export async function linesOfParty(db: Executor, lines: LinesContext, partyId: string): Promise<LineRef[]> {
  return (await linesOfParties(db, lines, [partyId])).get(partyId) ?? []
}

/** The same for several parties, by party: one statement for any number of them. */
export async function linesOfParties(
  db: Executor,
  { clock }: LinesContext,
  partyIds: readonly string[],
): Promise<Map<string, LineRef[]>> {
  const found = new Map<string, LineRef[]>()
  for (const { partyId, ...line } of await selectLinesOfParties(db, partyIds, clock.now(), MOST_LINES))
    found.set(partyId, [...(found.get(partyId) ?? []), line])
  return found
}

/** All lines in the order of their ids, ended ones included, with their people now. */
export async function walkLines(
  db: Executor,
  { clock }: LinesContext,
  { after, limit }: PageAsk,
): Promise<Page<LineIdentity>> {
  const found = await selectIdentitiesAfter(db, readIdCursor(after), clock.now(), limit + 1)
  return pageOf(found, limit, idCursor)
}

/** All parties of a kind in the order of their ids; those whose data was destroyed are left out. */
export async function walkParties(
  db: Executor,
  kind: PartyIdentity['kind'],
  { after, limit }: PageAsk,
): Promise<Page<PartyIdentity>> {
  return pageOf(await selectPartiesAfter(db, kind, readIdCursor(after), limit + 1), limit, idCursor)
}

/** Numbers of lines, ended ones included, by line. One query. */
export function numbersOf(db: Executor, lineIds: readonly string[]): Promise<Map<string, string>> {
  return selectNumbers(db, lineIds)
}
