import type { Executor } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { findOffered } from '../../catalogue/index.ts'
import { chargeConnected, endAlone } from '../aging/connected.ts'
import { addDays } from '../calendar.ts'
import type { Draft } from '../draft/draft.ts'
import type { ConnectedState, LineState, OfferingOf } from '../line-state.ts'
import type { LinesContext } from '../lines-context.ts'
import { conflict, refuseIfAny } from '../plans/conflicts.ts'
import { conflictsOf, isConnectable, usedUp } from '../plans/connection.ts'
import { workOnLine } from '../work-on-lines.ts'
import type { Act } from './act.ts'

export interface Connection extends Act {
  readonly code: string
  /** How a third party's subscription was agreed to, and in which words: the proof that is kept. */
  readonly consent?: { readonly through: string; readonly words: string } | undefined
}

/**
 * Switches on an option or a third party's subscription as it is on offer now, and takes the connection's price and the first fee. A pack that
 * is used up makes room for the same one bought again; what relies on it stays.
 * Gives the connection's id. Refuses with `not_found`, `order_refused` (`conflicts`: not-offered and those of `conflictsOf`), and
 * `invalid_request` for a subscription without consent.
 */
export function connectOffering(
  tx: Executor,
  lines: LinesContext,
  { lineId, code, consent }: Connection,
): Promise<{ connectedId: string }> {
  return workOnLine(tx, lines, lineId, async (draft) => {
    const now = lines.clock.now()
    const offering = await findOffered(tx, code, now)
    if (!offering || !isConnectable(offering)) return refuseUnoffered(code)
    refuseIfAny(conflictsOf(draft.line, offering, lines.rules, now))
    if (offering.terms.kind === 'option') return connect(draft, offering, now, null)
    if (consent === undefined) throw new Refusal('invalid_request', { in: 'consent' })
    return connect(draft, offering, now, { at: now, ...consent })
  })
}

export function refuseUnoffered(code: string): never {
  throw new Refusal('order_refused', { conflicts: [conflict('not-offered', code)] })
}

function connect(
  draft: Draft,
  offering: OfferingOf<'option' | 'content'>,
  now: Date,
  consent: ConnectedState['consent'],
): { connectedId: string } {
  const { terms } = offering
  const before = usedUp(draft.line, terms.code)
  if (before) endAlone(draft, before, now)
  const connected: ConnectedState = {
    id: draft.newId(),
    offering,
    since: now,
    anchorAt: now,
    chargeNo: 0,
    nextChargeAt: null,
    endsAt: endOf(draft.line, terms, now),
    pausedFor: null,
    consent,
    endedAt: null,
  }
  draft.line.connected.push(connected)
  chargeConnected(draft, connected, now, terms.kind === 'option' ? terms.connectionKopecks : 0)
  return { connectedId: connected.id }
}

/** What is charged once and has days ends with them. */
function endOf(
  { timeZone }: LineState,
  terms: OfferingOf<'option' | 'content'>['terms'],
  now: Date,
): Date | null {
  if (terms.kind !== 'option' || terms.charge !== 'once' || terms.days === null) return null
  return addDays(now, timeZone, terms.days)
}
