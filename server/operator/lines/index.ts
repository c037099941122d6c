/**
 * Lines: numbers with their people, tariff, money, packages, options and paid content; what is charged when, and what may be done.
 *
 * - Money and volumes stand in the ledger alone. Whoever moves those of a line holds the lock of its row (`lockLine`); several are
 *   locked in the order of their ids, before anything else.
 * - A line is brought up to the present before anything is done to it. Whatever falls due happens at its own instant, in the order of
 *   time, exactly once: charges carry the key of their period, in the transaction that moves the line on.
 * - A balance never falls below nothing. What cannot be paid waits: the tariff (outgoing stops), an option, a subscription.
 * - What the network reports is taken once by its name and stored before it is answered; it waits for the end of its hour, is counted by
 *   whoever looks, and goes in one transfer a line and hour, or with a transfer of the line that comes before.
 * - What is set aside of a package (a hold) cannot be used; before the package ends it is released: who had it set aside hears of it.
 * - Paid content is connected with a recorded consent only; the row stays as its proof.
 * - What hangs on a line is written together with its row (`saveDrafts`), whose writings are counted: a glance that was kept rests on this.
 * - Emits `lines-changed`, `volume-released`, `line-ended`, `line-people-changed`, `line-notice`. Knows no order, payment, market: they call in.
 */
export type { Act } from './acts/act.ts'
export { addBucket, type NewBucket } from './acts/add-bucket.ts'
export { blockConflicts, blockLine, unblockLine } from './acts/block-line.ts'
export { allowContent, banContent, setAutoTopUp, setForwarding, setLimit } from './acts/change-settings.ts'
export { changeTariff } from './acts/change-tariff.ts'
export { checkCodeWord, setCodeWord } from './acts/code-word.ts'
export { type Connection, connectOffering } from './acts/connect-offering.ts'
export { disconnectOffering } from './acts/disconnect-offering.ts'
export { endLine } from './acts/end-line.ts'
export { eraseParty } from './acts/erase-party.ts'
export { giveDiscount } from './acts/give-discount.ts'
export { creditMoney, debitMoney, type Movement, wakeLines } from './acts/move-money.ts'
export { type Opening, openLines } from './acts/open-lines.ts'
export { addParty, changeHolder, endRole, giveRole, renameParty } from './acts/people.ts'
export { promisePayment } from './acts/promise-payment.ts'
export { readSent, transferMoney } from './acts/transfer-money.ts'
export { tryAgain } from './aging/try-again.ts'
export { addDays, dayOf, monthOf, occurrence, startOfDay, startOfMonth } from './calendar.ts'
export { addEmptyBucket, dropBucket } from './draft/buckets.ts'
export type { Draft, Title } from './draft/draft.ts'
export { giveBack, heldOf, packageOf, setAside, takeHeld } from './draft/holds.ts'
export { passesLimit, roamedOnDay, spentInMonth } from './draft/limits.ts'
export { addLeg, charge, fillTo, type Legs, payInto, post, unitOf } from './draft/move.ts'
export { feeOf } from './fees.ts'
export { usageHandlers } from './http.ts'
export type {
  Account,
  AutoTopUp,
  BlockReason,
  BucketState,
  ConnectedState,
  DiscountState,
  LineState,
  OfferingOf,
  PauseReason,
  PromisedState,
  Tariff,
} from './line-state.ts'
export type { LineNoticeCode, LinesContext, TopUpWanted } from './lines-context.ts'
export { type Conflict, conflict, refuseIfAny, stateConflicts } from './plans/conflicts.ts'
export {
  conflictsOf,
  type DisconnectionPlan,
  isConnectable,
  type Lost,
  planDisconnection,
  priceOf,
} from './plans/connection.ts'
export { type PromisePlan, planPromise, promiseRuleOf } from './plans/promise.ts'
export { isTariff, planTariffChange, type TariffChangePlan } from './plans/tariff-change.ts'
export { planTransfer, type Sent, type TransferPlan } from './plans/transfer.ts'
export { advanceLines, LINES_AT_A_TIME } from './rating/advance-lines.ts'
export { listCharges, summariseCharges } from './reading/charges.ts'
export { compareTariffs } from './reading/compare-tariffs.ts'
export { exportHeld } from './reading/export-held.ts'
export { type ConnectedFacts, findConnected } from './reading/find-connected.ts'
export {
  findLine,
  findLineByMsisdn,
  findLines,
  findParty,
  findRoles,
  linesOfParties,
  linesOfParty,
  namesOfParties,
  numbersOf,
  type RoleOnLine,
  walkLines,
  walkParties,
} from './reading/find-lines.ts'
export type { KeptGlance } from './reading/kept-glance.ts'
export { listUsage } from './reading/list-usage.ts'
export { forgetGlances, glanceKey, readGlances, readGlancesAtHand } from './reading/read-glance.ts'
export { readLine, readLines } from './reading/read-line.ts'
export { readServices } from './reading/read-services.ts'
export { readSettings } from './reading/read-settings.ts'
export { readState, readStates } from './reading/read-state.ts'
export { inSpendingOrder } from './reading/spending-order.ts'
export { DEFAULT_RULES, type LineRules, POSSIBLE_IN, type PromiseRule } from './rules.ts'
export { selectTakenAfter, spentOnContent } from './store/charges.ts'
export { countLinesOf } from './store/count-lines.ts'
export { type HeldLine, selectHeld } from './store/held-lines.ts'
export { lockLine, lockLines } from './store/lock-lines.ts'
export { eraseOldUsage } from './store/usage.ts'
export { measureUsageLag } from './store/waiting-usage.ts'
export { forgetNames } from './usage/forget-names.ts'
export { reportUsage } from './usage/report-usage.ts'
export { settleUsage } from './usage/settle-usage.ts'
export { workOnLine, workOnLines, workOnRestingLines } from './work-on-lines.ts'
