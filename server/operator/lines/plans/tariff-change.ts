import type { Offering } from '../../../../contracts/catalogue.ts'
import { unfitFor } from '../aging/connected.ts'
import { addDays } from '../calendar.ts'
import { feeOf } from '../fees.ts'
import type { LineState, Tariff } from '../line-state.ts'
import type { LineRules } from '../rules.ts'
import { balanceConflicts, type Conflict, conflict, stateConflicts } from './conflicts.ts'
import { type Lost, lostOf, withRequiring } from './connection.ts'

export const isTariff = (offering: Offering): offering is Tariff => offering.terms.kind === 'tariff'

export type When = 'now' | 'period-end'

export interface TariffChangePlan {
  readonly conflicts: Conflict[]
  /** When the new tariff begins. */
  readonly at: Date
  /** Of the first period, discounts taken off, and for changing. In kopecks. */
  readonly feeKopecks: number
  readonly changeFeeKopecks: number
  /** Packages of the period under way; at its end they end anyway. */
  readonly lost: Lost[]
  /** Codes of options that do not go with it. */
  readonly disconnects: string[]
  /** Codes of discounts that lower the old fee and not the new one. */
  readonly discountsLost: string[]
  /** The line stays on its tariff: a change that was ordered for the period's end is taken back. */
  readonly takesBack: boolean
}

/** What a change of tariff would do. Whether the tariff is on offer is not looked at, but whether it is in the line's region. */
export function planTariffChange(
  line: LineState,
  tariff: Tariff,
  when: When,
  rules: LineRules,
  now: Date,
): TariffChangePlan {
  const at = when === 'now' || !line.period.paid ? now : line.period.to
  const takesBack = tariff.id === line.tariff.id && line.nextTariff !== null
  const feeKopecks = feeOf(line, tariff.terms, at)
  const changeFeeKopecks = when === 'now' && !takesBack ? changeFee(line, rules, now) : 0
  const going = unfitFor(line, tariff).flatMap((one) => withRequiring(line, one))
  return {
    conflicts: [
      ...stateConflicts(line, 'change-tariff'),
      ...placeConflicts(line, tariff),
      ...alreadyConflicts(line, tariff, when),
      ...(line.promised?.overdue ? [conflict('debt')] : []),
      ...(when === 'now' && !takesBack ? balanceConflicts(line, feeKopecks + changeFeeKopecks) : []),
    ],
    at,
    feeKopecks,
    changeFeeKopecks,
    lost: when === 'now' && !takesBack ? lostOf(line.buckets.filter(isOfPeriod)) : [],
    disconnects: [...new Set(going.map(({ offering }) => offering.terms.code))],
    discountsLost: line.discounts
      .map(({ offering }) => offering.terms)
      .filter(isLost(line, tariff))
      .map(({ code }) => code),
    takesBack,
  }
}

/** Free if the last change is long enough ago. */
function changeFee({ tariffChangedAt, timeZone }: LineState, { tariffChange }: LineRules, now: Date): number {
  if (tariffChangedAt === null) return 0
  return now < addDays(tariffChangedAt, timeZone, tariffChange.freeAfterDays) ? tariffChange.feeKopecks : 0
}

const placeConflicts = ({ region }: LineState, { terms: { regions, code } }: Tariff) =>
  regions.length === 0 || regions.includes(region) ? [] : [conflict('not-offered', code, { region })]

function alreadyConflicts(
  { tariff: current, nextTariff }: LineState,
  tariff: Tariff,
  when: When,
): Conflict[] {
  const isOrdered = when === 'period-end' && nextTariff?.id === tariff.id
  const stays = tariff.id === current.id && nextTariff === null
  return isOrdered || stays ? [conflict('already', tariff.terms.code)] : []
}

const isOfPeriod = ({ source }: LineState['buckets'][number]) =>
  source === 'tariff' || source === 'carried-over'

const isLost =
  (line: LineState, tariff: Tariff) =>
  ({ appliesTo }: { readonly appliesTo: readonly string[] }): boolean =>
    appliesTo.includes(line.tariff.terms.code) && !appliesTo.includes(tariff.terms.code)
