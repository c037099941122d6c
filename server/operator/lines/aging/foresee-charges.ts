import type { z } from 'zod'
import type { ComingCharge } from '../../../../contracts/lines.ts'
import { type Draft, type NewCharge, noChanges, nothingUnsettled } from '../draft/draft.ts'
import type { LineState } from '../line-state.ts'
import type { LineRules } from '../rules.ts'
import { NOTHING_ABROAD } from '../usage/rates-abroad.ts'
import { ageLine } from './age-line.ts'
import { nextDue } from './next-due.ts'

export type Coming = Omit<z.infer<typeof ComingCharge>, 'at'> & { readonly at: Date }

/** More than anything costs. */
const ENOUGH = 1_000_000_000_000
const DAY_MS = 86_400_000
const MOST_STEPS = 2_000

export interface Foreseen {
  readonly coming: readonly Coming[]
  /** From then on something else is told of the same line: a charge comes nearer than the rules' days. null = never. */
  readonly until: Date | null
}

/**
 * What will be charged within the rules' days from `now`, soonest first, if the money is there: the line as it is is let grow older in
 * memory, so what is told is what will happen. What waits for money is due now, whenever that is.
 */
export function foreseeCharges(line: LineState, rules: LineRules, now: Date): Foreseen {
  const waits = waitsForMoney(line)
  const draft: Draft = {
    line: withMoney(line, waits ? now : line.retryAt),
    rules,
    ratesAbroad: NOTHING_ABROAD,
    newId: () => '',
    changes: noChanges(),
    unsettled: nothingUnsettled(),
  }
  const ahead = rules.comingDays * DAY_MS
  ageLine(draft, new Date(now.getTime() + ahead), MOST_STEPS)
  const beyond = nextDue(draft.line)
  const nearer = beyond && new Date(beyond.at.getTime() - ahead)
  return { coming: draft.changes.charges.reduce(add, []), until: waits ? now : nearer }
}

function waitsForMoney({ period, promised, connected }: LineState): boolean {
  return !period.paid || promised?.overdue === true || connected.some(({ pausedFor }) => pausedFor !== null)
}

function withMoney(line: LineState, retryAt: Date | null): LineState {
  return {
    ...line,
    cash: { ...line.cash, balance: ENOUGH },
    buckets: line.buckets.map((bucket) => ({ ...bucket })),
    connected: line.connected.map((connected) => ({ ...connected })),
    discounts: line.discounts.map((discount) => ({ ...discount })),
    promised: line.promised && { ...line.promised },
    usage: [],
    retryAt,
  }
}

/** What is paid back and the fee for it are one charge to the person. */
function add(coming: Coming[], { at, kopecks, coming: what, code, title }: NewCharge): Coming[] {
  if (what === null) return coming
  const last = coming.at(-1)
  if (last?.for === 'promised-payment' && what === 'promised-payment' && last.at === at) {
    coming[coming.length - 1] = { ...last, kopecks: last.kopecks - kopecks }
  } else {
    coming.push({ at, kopecks: -kopecks, for: what, code: code ?? '', title })
  }
  return coming
}

/** The first coming charge that a balance does not hold after those before it; null = it holds all of them. */
export function moneyEndsAt(coming: readonly Coming[], balanceKopecks: number): Date | null {
  let left = balanceKopecks
  for (const { at, kopecks } of coming) {
    left -= kopecks
    if (left < 0) return at
  }
  return null
}
