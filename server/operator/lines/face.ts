import type { z } from 'zod'
import type { TrafficType } from '../../../contracts/amounts.ts'
import type { Offering } from '../../../contracts/catalogue.ts'
import type {
  ChargeCategory,
  ChargeItem,
  ChargeSummary,
  Line,
  LineRef,
  LineRole,
  LineServices,
  LineSettings,
  TariffComparison,
} from '../../../contracts/lines.ts'
import type { OrderEffect } from '../../../contracts/orders.ts'
import type { Db, Executor } from '../../platform/database/index.ts'
import type { Aged, LineIdentity, Page, PageAsk } from '../edge/index.ts'
import type { AutoTopUp, BlockReason, LineState, Tariff } from './line-state.ts'
import type { LinesContext } from './lines-context.ts'

/** One act on one line. `ref` names what it belongs to (an order, a payment, a deal): keys of transfers are made of it, so that a repeat moves nothing. */
export interface Act {
  readonly lineId: string
  readonly ref: string
}
export type Conflict = Omit<Extract<OrderEffect, { effect: 'conflict' }>, 'effect'>

type Does<A, R = void> = (tx: Executor, lines: LinesContext, act: A) => Promise<R>
type Reads<R> = (db: Executor, lines: LinesContext, lineId: string) => Promise<R>

export interface Movement extends Act {
  readonly kopecks: number
  readonly category: ChargeCategory
  readonly title: { readonly ru: string; readonly en: string }
  readonly code?: string
}

/** Signatures of the functions that this module is growing. */
export interface LinesFace {
  addParty: Does<{ kind: 'person' | 'company'; name: string }, string>
  openLines: Does<
    readonly {
      partyId: string
      msisdn: string
      region: string
      timeZone: string
      tariffId: string
      /** Money to begin with, from a system account. */
      opening?: { kopecks: number; from: string }
    }[],
    string[]
  >
  endLine: Does<Act>
  changeHolder: Does<Act & { partyId: string }>
  giveRole: Does<{ lineId: string; partyId: string; role: LineRole; validTo: Date | null }>
  endRole: Does<{ lineId: string; partyId: string }>

  /** All acts bring the line up to the present first and refuse with `order_refused` { conflicts } or `not_found`. */
  connectOffering: Does<
    Act & { code: string; consent?: { through: string; words: string } },
    { connectedId: string }
  >
  disconnectOffering: Does<Act & { code: string }, { disconnected: string[] }>
  giveDiscount: Does<Act & { code: string }>
  changeTariff: Does<Act & { code: string; when: 'now' | 'period-end' }>
  blockLine: Does<Act & { reason: BlockReason }>
  unblockLine: Does<Act & { only?: readonly BlockReason[] }>
  setForwarding: Does<
    Act & { condition: 'always' | 'busy' | 'no-answer' | 'unreachable'; toMsisdn: string | null }
  >
  setLimit: Does<Act & { limit: 'spend-month' | 'roaming-day'; amountKopecks: number | null }>
  setAutoTopUp: Does<Act & { rule: AutoTopUp | null }>
  banContent: Does<Act>
  allowContent: Does<Act>
  /** From or to a system account by name (`payments:test`, `goodwill`, `income:fee`); false = this ref was done before. */
  creditMoney: Does<Movement & { from: string }, boolean>
  debitMoney: Does<Movement & { to: string }, boolean>
  transferMoney: Does<Act & { toMsisdn: string; amountKopecks: number }, { toLineId: string }>
  promisePayment: Does<Act & { amountKopecks: number }, { dueAt: Date; feeKopecks: number }>
  /** Volume bought or given; `from` = the account that it comes from (escrow), else the network. */
  addBucket: Does<
    Act & {
      type: TrafficType
      amount: number
      source: 'bought' | 'gift'
      expiresAt: Date | null
      from?: string
    },
    { bucketId: string }
  >
  setCodeWord: Does<{ lineId: string; word: string | null }>
  /** The line that has the number and this word; takes as long for an unknown number. How often one may try is the caller's matter. */
  checkCodeWord: (db: Executor, told: { msisdn: string; word: string }) => Promise<string | undefined>
  /** Money of these lines grew without `creditMoney`: what waits for it is tried again. */
  wakeLines: Does<readonly string[]>

  /** The line with its row locked and brought up to the present; or as it would be now, unlocked (for previews). */
  lockLine: Does<string, LineState>
  readState: Reads<LineState | undefined>
  conflictsOf: (line: LineState, offering: Offering, rules: LinesContext['rules'], now: Date) => Conflict[]
  planTariffChange: (
    line: LineState,
    tariff: Tariff,
    when: 'now' | 'period-end',
    rules: LinesContext['rules'],
    now: Date,
  ) => {
    conflicts: Conflict[]
    feeKopecks: number
    changeFeeKopecks: number
    from: Date
    disconnects: string[]
  }

  findLineByMsisdn: (db: Executor, lines: LinesContext, msisdn: string) => Promise<LineIdentity | undefined>
  findLine: Reads<LineIdentity | undefined>
  linesOfParty: (db: Executor, lines: LinesContext, partyId: string) => Promise<LineRef[]>
  readLine: Reads<Aged<Omit<Line, 'asOf' | 'role'>> | undefined>
  readServices: Reads<Aged<Omit<LineServices, 'asOf'>> | undefined>
  readSettings: Reads<Aged<Omit<LineSettings, 'asOf'>> | undefined>
  summariseCharges: (
    db: Executor,
    lines: LinesContext,
    lineId: string,
    month: string,
  ) => Promise<Aged<Omit<z.infer<typeof ChargeSummary>, 'asOf'>> | undefined>
  listCharges: (
    db: Executor,
    lineId: string,
    ask: PageAsk & { month?: string | undefined; category?: ChargeCategory | undefined },
  ) => Promise<Page<ChargeItem>>
  compareTariffs: Reads<TariffComparison | undefined>
  countLinesOf: (db: Executor, offeringIds: readonly string[]) => Promise<Map<string, number>>

  /** Brings lines for which something is due up to the present; gives how many it looked at, 0 = nothing is due. For a loop. */
  advanceLines: (db: Db, lines: LinesContext, limit: number) => Promise<number>
}
