import type { LineRole } from '../../../../contracts/lines.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import { found, Refusal } from '../../../platform/refusal.ts'
import { releaseHolds } from '../draft/holds.ts'
import type { LinesContext } from '../lines-context.ts'
import { refuseIfAny, stateConflicts } from '../plans/conflicts.ts'
import { updateCodeWord } from '../store/code-word.ts'
import { eraseFreeNames } from '../store/erase-party.ts'
import { deleteForwarding } from '../store/forwarding.ts'
import {
  endRoles,
  insertParty,
  insertRoles,
  selectLinesNamed,
  selectParties,
  selectRole,
  updatePartyName,
} from '../store/people.ts'
import { workOnLine } from '../work-on-lines.ts'
import type { Act } from './act.ts'

/** A person or company that can hold and use lines. Gives its id. */
export async function addParty(
  tx: Executor,
  { clock }: LinesContext,
  party: { readonly kind: 'person' | 'company'; readonly name: string },
): Promise<string> {
  const id = newId(clock)
  await insertParty(tx, { id, ...party, createdAt: clock.now() })
  return id
}

/**
 * Writes down another name of a party: they married, it was misspelt. Gives whether it was another one; screens of its lines look again.
 * Refuses with `not_found` (unknown, or its data was destroyed).
 */
export async function renameParty(
  tx: Executor,
  { announce }: LinesContext,
  partyId: string,
  name: string,
): Promise<boolean> {
  const before = found(await updatePartyName(tx, partyId, name), 'party')
  if (before.name === name) return false
  const lineIds = await selectLinesNamed(tx, partyId)
  if (lineIds.length > 0) await announce(tx, { kind: 'lines-changed', lineIds })
  return true
}

interface RoleGiven {
  readonly lineId: string
  readonly partyId: string
  /** A line has one owner: see `changeHolder`. */
  readonly role: Exclude<LineRole, 'owner'>
  /** null = until it is ended. */
  readonly validTo: Date | null
}

/**
 * Lets somebody use or see a line; another role that they had on it ends. Announces `line-people-changed`.
 * Refuses with `not_found` (line, party), `conflict` (they own it), `order_refused` (line-state).
 */
export function giveRole(tx: Executor, lines: LinesContext, given: RoleGiven): Promise<void> {
  const { lineId, partyId } = given
  return workOnLine(tx, lines, lineId, async ({ line }) => {
    refuseIfAny(stateConflicts(line, 'change-settings'))
    await requireParty(tx, partyId)
    const now = lines.clock.now()
    if ((await selectRole(tx, lineId, partyId, now))?.role === 'owner')
      throw new Refusal('conflict', { role: 'owner' })
    await endRoles(tx, lineId, now, partyId)
    await insertRoles(tx, [{ ...given, id: newId(lines.clock), validFrom: now }])
    await lines.announce(tx, { kind: 'line-people-changed', lineId })
  })
}

/** Ends a role. Announces `line-people-changed`. Refuses with `not_found` (line, role), `conflict` (the owner stays until another one comes). */
export function endRole(
  tx: Executor,
  lines: LinesContext,
  { lineId, partyId }: { readonly lineId: string; readonly partyId: string },
): Promise<void> {
  return workOnLine(tx, lines, lineId, async () => {
    const now = lines.clock.now()
    if ((await selectRole(tx, lineId, partyId, now))?.role === 'owner')
      throw new Refusal('conflict', { role: 'owner' })
    const ended = await endRoles(tx, lineId, now, partyId)
    if (ended.length === 0) throw new Refusal('not_found', { what: 'role' })
    await eraseFreeNames(tx, ended, now)
    await lines.announce(tx, { kind: 'line-people-changed', lineId })
  })
}

/**
 * The line changes hands. Everybody's roles, the code word, forwarding and the automatic top-up end with the old holder. Announces
 * `line-ended` (what rests on the line's people ends) and `line-people-changed`.
 * Refuses with `not_found` (line, party), `order_refused` (line-state).
 */
export function changeHolder(
  tx: Executor,
  lines: LinesContext,
  { lineId, partyId }: Act & { readonly partyId: string },
): Promise<void> {
  return workOnLine(tx, lines, lineId, async (draft) => {
    const { line, changes } = draft
    refuseIfAny(stateConflicts(line, 'change-settings'))
    await requireParty(tx, partyId)
    const now = lines.clock.now()
    releaseHolds(draft, now, 'holder-changed')
    const ended = await endRoles(tx, lineId, now)
    await insertRoles(tx, [
      { id: newId(lines.clock), lineId, partyId, role: 'owner', validFrom: now, validTo: null },
    ])
    await eraseFreeNames(tx, ended, now)
    await updateCodeWord(tx, lineId, null)
    await deleteForwarding(tx, lineId)
    line.autoTopUp = null
    changes.touched = true
    await lines.announce(tx, { kind: 'line-ended', lineId, msisdn: line.msisdn })
    await lines.announce(tx, { kind: 'line-people-changed', lineId })
  })
}

async function requireParty(tx: Executor, partyId: string): Promise<void> {
  if (!(await selectParties(tx, [partyId])).has(partyId)) throw new Refusal('not_found', { what: 'party' })
}
