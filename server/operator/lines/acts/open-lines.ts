import type { Executor } from '../../../platform/database/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import { found, Refusal } from '../../../platform/refusal.ts'
import { readOfferings } from '../../catalogue/index.ts'
import { tryAgain } from '../aging/try-again.ts'
import { isTimeZone } from '../calendar.ts'
import type { Draft } from '../draft/draft.ts'
import { charge, type Legs, payInto, post } from '../draft/move.ts'
import { NO_PAST } from '../draft/past.ts'
import type { LineState, Tariff } from '../line-state.ts'
import type { LinesContext } from '../lines-context.ts'
import { isTariff } from '../plans/tariff-change.ts'
import { saveDrafts } from '../save-drafts.ts'
import { insertLines } from '../store/insert-lines.ts'
import { insertRoles, selectParties } from '../store/people.ts'
import { TITLES } from '../titles.ts'
import { draftOf } from '../work-on-lines.ts'

export interface Opening {
  /** Who holds it. */
  readonly partyId: string
  readonly msisdn: string
  readonly region: string
  readonly timeZone: string
  readonly tariffId: string
  /** Money to begin with, from a system account by name. */
  readonly opening?: { readonly kopecks: number; readonly from: string } | undefined
}

/**
 * Opens lines, many in as many statements as one. The first period begins at once if the money is there, else when it comes. Gives their
 * ids, in order. Refuses with `not_found` (party, tariff), `invalid_request` (time zone), `conflict` (a number is taken: none is opened).
 */
export async function openLines(
  tx: Executor,
  lines: LinesContext,
  openings: readonly Opening[],
): Promise<string[]> {
  if (openings.length === 0) return []
  const now = lines.clock.now()
  const tariffs = await readOfferings(
    tx,
    openings.map(({ tariffId }) => tariffId),
  )
  await requireParties(tx, openings)
  const opened = openings.map((opening) => {
    const tariff = found(tariffs.get(opening.tariffId), 'tariff')
    if (!isTariff(tariff)) throw new Refusal('not_found', { what: 'tariff' })
    return { opening, draft: draftOf(lines, newLine(lines, opening, tariff, now)) }
  })
  const drafts = opened.map(({ draft }) => draft)
  if (
    !(await insertLines(
      tx,
      drafts.map(({ line }) => line),
    ))
  )
    throw new Refusal('conflict', { what: 'msisdn' })
  const owners = opened.map(({ opening: { partyId }, draft: { line } }) => ({ partyId, lineId: line.id }))
  await insertRoles(
    tx,
    owners.map((owner) => ({
      ...owner,
      id: newId(lines.clock),
      role: 'owner',
      validFrom: now,
      validTo: null,
    })),
  )
  for (const { opening, draft } of opened) begin(draft, opening.opening, now)
  await saveDrafts(tx, lines, drafts)
  return drafts.map(({ line }) => line.id)
}

async function requireParties(tx: Executor, openings: readonly Opening[]): Promise<void> {
  const known = await selectParties(
    tx,
    openings.map(({ partyId }) => partyId),
  )
  if (openings.some(({ partyId }) => !known.has(partyId))) throw new Refusal('not_found', { what: 'party' })
}

function newLine({ clock }: LinesContext, opening: Opening, tariff: Tariff, now: Date): LineState {
  const { msisdn, region, timeZone } = opening
  if (!isTimeZone(timeZone)) throw new Refusal('invalid_request', { in: 'timeZone' })
  return {
    id: newId(clock),
    msisdn,
    region,
    timeZone,
    openedAt: now,
    state: 'suspended',
    blockedFor: null,
    endedAt: null,
    tariff,
    nextTariff: null,
    tariffChangedAt: null,
    period: { anchorAt: now, no: 0, from: now, to: now, paid: false },
    feeWarnedFor: null,
    cash: { id: newId(clock), balance: 0 },
    held: { id: newId(clock), balance: 0 },
    buckets: [],
    holds: [],
    connected: [],
    discounts: [],
    promised: null,
    contentBannedAt: null,
    limits: { spendMonthKopecks: null, roamingDayKopecks: null },
    spent: { month: '', kopecks: 0 },
    roaming: { day: '', kopecks: 0 },
    autoTopUp: null,
    topUpAsked: false,
    codeWordSet: false,
    usage: [],
    usageHour: null,
    retryAt: null,
    past: NO_PAST,
    restsUntil: null,
  }
}

function begin(draft: Draft, money: Opening['opening'], now: Date): void {
  const { line, changes } = draft
  for (const { id } of [line.cash, line.held]) {
    changes.accounts.push({ id, unit: 'kopecks', floor: 0, ownerId: line.id })
  }
  if (money) {
    const legs: Legs = new Map()
    payInto(draft, legs, money.from, -money.kopecks)
    const transfer = post(draft, { scope: `act:${line.id}`, key: 'opening', kind: 'opening' }, now, legs)
    charge(draft, transfer, { at: now, category: 'top-up', kopecks: money.kopecks, title: TITLES.opening })
  }
  tryAgain(draft, now)
  // That it is active is no news: it has just been opened.
  changes.notices.length = 0
}
