import type { Connected, LineServices } from '../../../../contracts/lines.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { listOffered } from '../../catalogue/index.ts'
import type { Aged } from '../../edge/index.ts'
import { addDays } from '../calendar.ts'
import { feeOf } from '../fees.ts'
import type { ConnectedState, LineState } from '../line-state.ts'
import type { LinesContext } from '../lines-context.ts'
import { usedUp } from '../plans/connection.ts'
import { selectSpentByCode } from '../store/charges.ts'
import { readState } from './read-state.ts'

/** How far back `spentKopecks` looks. */
const SPENT_DAYS = 30

/**
 * Options and paid subscriptions of a line, with what they cost and how they were agreed to; and the options that it could have.
 * `ending` is null: orders know what waits to be switched off. undefined = there is no such line.
 */
export async function readServices(
  db: Executor,
  lines: LinesContext,
  lineId: string,
): Promise<Aged<Omit<LineServices, 'asOf'>> | undefined> {
  const now = lines.clock.now()
  const line = await readState(db, lines, lineId)
  if (line === undefined) return undefined
  const spent = await selectSpentByCode(db, lineId, addDays(now, line.timeZone, -SPENT_DAYS))
  const shown = (connected: ConnectedState) => connectedView(connected, line, spent, now)
  const taken = new Set(
    line.connected.map(({ offering }) => offering.terms.code).filter((code) => !usedUp(line, code)),
  )
  const offered = await listOffered(db, now)
  return {
    asOf: now,
    value: {
      options: line.connected.filter(({ offering }) => offering.terms.kind === 'option').map(shown),
      content: line.connected.filter(({ offering }) => offering.terms.kind === 'content').map(shown),
      contentBanned: line.contentBannedAt !== null,
      discounts: line.discounts.map(({ id, offering, endsAt }) => ({
        id,
        offering,
        until: endsAt?.toISOString() ?? null,
      })),
      available: offered.filter(({ terms }) => terms.kind === 'option' && !taken.has(terms.code)),
    },
  }
}

function connectedView(
  { id, offering, since, nextChargeAt, consent }: ConnectedState,
  line: LineState,
  spent: ReadonlyMap<string, number>,
  now: Date,
): Connected {
  const { terms } = offering
  return {
    id,
    offering,
    since: since.toISOString(),
    nextChargeAt: nextChargeAt?.toISOString() ?? null,
    feeKopecks: feeOf(line, terms, nextChargeAt ?? now),
    charge: terms.charge,
    consent: consent && { ...consent, at: consent.at.toISOString() },
    spentKopecks: spent.get(terms.code) ?? 0,
    ending: null,
  }
}
