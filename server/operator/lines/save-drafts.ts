import { type Executor, together } from '../../platform/database/index.ts'
import { newId } from '../../platform/identifiers.ts'
import { closeAccounts, openAccounts, type Posted, postTransfers, type Transfer } from '../ledger/index.ts'
import { nextDue } from './aging/next-due.ts'
import { type Changes, type Draft, noChanges } from './draft/draft.ts'
import type { LinesContext, TopUpWanted } from './lines-context.ts'
import {
  type ChargeRow,
  deleteBuckets,
  insertCharges,
  insertHolds,
  type Of,
  settleRows,
  updateLines,
  updateResting,
  upsertBuckets,
  upsertConnected,
  upsertDiscounts,
  upsertPromised,
} from './store/write-rows.ts'

/** A notice about something that happened longer ago (the job was away) would only puzzle people. */
const NEWS_FOR_MS = 24 * 3_600_000
const NOTHING_BESIDES: Besides<void> = { store: async () => undefined, tell: async () => undefined }

/**
 * Stores what was changed on lines whose rows are locked: as many statements for many lines as for one. Moves the money, writes the
 * bill, tells who must hear of it, and asks for an automatic top-up where the balance fell. The drafts begin anew afterwards.
 */
export function saveDrafts(tx: Executor, lines: LinesContext, drafts: readonly Draft[]): Promise<void> {
  return saveDraftsWith(tx, lines, drafts, NOTHING_BESIDES)
}

/** What somebody else does of an act on lines, each in one trip with a part of theirs. */
export interface Besides<R> {
  /** Stores its own part, with the money. */
  store(flight: Executor): Promise<R>
  /** Tells of it, with the bill. */
  tell(flight: Executor): Promise<void>
}

/** The same with what somebody else does of the same act. Gives what that gave. */
export async function saveDraftsWith<R>(
  tx: Executor,
  lines: LinesContext,
  drafts: readonly Draft[],
  { store, tell }: Besides<R>,
): Promise<R> {
  const changed = drafts.filter(({ changes }) => changes.touched)
  if (changed.length === 0) {
    const stored = await store(tx)
    await tell(tx)
    return stored
  }
  const wanted = changed.flatMap(noteFall)
  const { charges, stored } = await moveMoney(tx, lines, changed, store)
  await together(tx, (flight) => [...writeRows(flight, lines, changed, charges), tell(flight)])
  await tellOthers(tx, lines, changed)
  if (wanted.length > 0) await lines.askTopUp(tx, wanted)
  for (const draft of changed) draft.changes = noChanges()
  return stored
}

/** Gives the rows of the bill that come of it. */
async function moveMoney<R>(
  tx: Executor,
  lines: LinesContext,
  drafts: readonly Draft[],
  store: (flight: Executor) => Promise<R>,
): Promise<{ readonly charges: ChargeRow[]; readonly stored: R }> {
  const accounts = drafts.flatMap(({ changes }) => changes.accounts)
  const transfers = drafts.flatMap(({ changes }) => changes.transfers)
  const [stored, , posted] = await together(tx, (flight) => [
    store(flight),
    openAccounts(flight, accounts),
    postTransfers(flight, transfers),
  ])
  const byTransfer = new Map(transfers.map((transfer, place) => [transfer, posted[place]]))
  requireNew(drafts, byTransfer)
  return { charges: drafts.flatMap((draft) => chargeRows(lines, draft, byTransfer)), stored }
}

/** Usage goes with a transfer once: one that had been posted before has not moved it. */
function requireNew(drafts: readonly Draft[], posted: ReadonlyMap<Transfer, Posted | undefined>): void {
  for (const { changes } of drafts) {
    const isOld = changes.transfers.some((transfer) => posted.get(transfer)?.replayed === true)
    if (isOld && changes.usage.size > 0)
      throw new Error('usage was to go with a transfer that had been posted')
  }
}

/** A transfer that had been posted before has its row of the bill already. */
function chargeRows(
  { clock }: LinesContext,
  { line, changes }: Draft,
  posted: ReadonlyMap<Transfer, Posted | undefined>,
): ChargeRow[] {
  return changes.charges.flatMap(({ transfer, coming: _, ...row }) => {
    const known =
      typeof transfer === 'string' ? { transferId: transfer, replayed: false } : posted.get(transfer)
    if (known === undefined) throw new Error('a charge of a transfer that was not posted')
    return known.replayed ? [] : [{ ...row, id: newId(clock), lineId: line.id, transferId: known.transferId }]
  })
}

/** Begins what has to be written. */
function writeRows(
  flight: Executor,
  { clock }: LinesContext,
  drafts: readonly Draft[],
  charges: readonly ChargeRow[],
): Promise<void>[] {
  const all = <T>(of: (changes: Changes) => Iterable<T>): Of<T>[] =>
    drafts.flatMap(({ line, changes }) => [...of(changes)].map((row) => ({ lineId: line.id, row })))
  const some = <T>(list: readonly T[], write: (flight: Executor, list: readonly T[]) => Promise<void>) =>
    list.length > 0 ? [write(flight, list)] : []
  const now = clock.now()
  const gone = all(({ bucketsGone }) => bucketsGone).map(({ row }) => row.id)
  const resting = drafts.filter(isResting).map(restingRow)
  const others = drafts.filter((draft) => !isResting(draft)).map(wholeRow)
  return [
    ...some(charges, insertCharges),
    ...some(gone, deleteBuckets),
    ...some(gone, (tx, ids) => closeAccounts(tx, ids, now)),
    ...some(resting, updateResting),
    ...some(others, updateLines),
    ...some(
      all(({ buckets }) => buckets),
      (tx, list) => upsertBuckets(tx, list, now),
    ),
    ...some(
      all(({ holds }) => holds),
      insertHolds,
    ),
    ...some(
      all(({ connected }) => connected),
      upsertConnected,
    ),
    ...some(
      all(({ discounts }) => discounts),
      upsertDiscounts,
    ),
    ...some(
      all(({ usage }) => usage),
      settleRows,
    ),
    ...some(
      all(({ promised }) => promised),
      upsertPromised,
    ),
  ]
}

const wholeRow = (draft: Draft) => ({
  line: withoutUnsettled(draft),
  dueAt: nextDue(draft.line)?.at ?? null,
})

const isResting = ({ line }: Draft) => line.restsUntil !== null

/** Nothing was read, and so nothing may be changed, of such a line but its money, what is on hold, and buckets that are new. */
function restingRow({ line, changes }: Draft) {
  const { connected, discounts, promised, usage, bucketsGone, releases } = changes
  const beyond = [connected, discounts, promised, usage, bucketsGone].some(({ size }) => size > 0)
  if (beyond || releases.length > 0) throw new Error(`line ${line.id} was read at rest and changed beyond it`)
  const next = nextDue(line)?.at ?? null
  const { restsUntil } = line
  return { line, dueAt: next && restsUntil && next < restsUntil ? next : restsUntil }
}

/** Usage that waits counts against the limits, and takes of what is remembered, when it is settled. */
function withoutUnsettled({ line, unsettled: { month, day, past } }: Draft): Draft['line'] {
  if (month.kopecks === 0 && past === null) return line
  const { spent, roaming } = line
  return {
    ...line,
    past: past ?? line.past,
    spent: spent.month === month.month ? { ...spent, kopecks: spent.kopecks - month.kopecks } : spent,
    roaming: roaming.day === day.day ? { ...roaming, kopecks: roaming.kopecks - day.kopecks } : roaming,
  }
}

async function tellOthers(tx: Executor, lines: LinesContext, drafts: readonly Draft[]): Promise<void> {
  const newsSince = lines.clock.now().getTime() - NEWS_FOR_MS
  await lines.announce(tx, { kind: 'lines-changed', lineIds: drafts.map(({ line }) => line.id) })
  for (const { line, changes } of drafts) {
    for (const released of changes.releases)
      await lines.announce(tx, { kind: 'volume-released', lineId: line.id, ...released })
    for (const { at, ...told } of changes.notices) {
      if (at.getTime() < newsSince) continue
      await lines.announce(tx, { kind: 'line-notice', lineId: line.id, msisdn: line.msisdn, ...told })
    }
  }
}

/** A fall below the threshold is told once; the line remembers it until the balance has risen again. */
function noteFall({ line }: Draft): TopUpWanted[] {
  const { autoTopUp, cash, endedAt, topUpAsked } = line
  line.topUpAsked = autoTopUp !== null && endedAt === null && cash.balance < autoTopUp.belowKopecks
  if (autoTopUp === null || topUpAsked || !line.topUpAsked) return []
  const { amountKopecks, monthlyMaxKopecks } = autoTopUp
  return [{ lineId: line.id, balanceKopecks: cash.balance, amountKopecks, monthlyMaxKopecks }]
}
