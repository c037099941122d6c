/**
 * The ledger: money and volumes in double entry. Kopecks, bytes, seconds, pieces move between accounts in transfers that are never
 * changed; a mistake is put right by another transfer.
 *
 * - The legs of a transfer sum to zero in each unit, balances equal their entries, none is below its floor: the database enforces it
 *   whoever inserts.
 * - Accounts with a floor (cash, holds, escrow, buckets) have a balance row, locked in the order of ids. System accounts (income,
 *   partners, the network) have none: their entries are summed by `rollUp`, so nobody queues for a hot row.
 * - A transfer is done once a (scope, key). Keys are taken before accounts. Whoever posts several times in one transaction first locks
 *   what the transfers are about (the line), else two of them may wait for each other in a circle.
 * - A refusal undoes the caller's transaction: who wants to know beforehand reads balances under the line's lock.
 */
export { type Audit, audit, type Difference } from './audit.ts'
export { closeAccounts } from './close-accounts.ts'
export type { Leg, Posted, Transfer, Unit } from './ledger.ts'
export { type NewAccount, openAccounts } from './open-accounts.ts'
export { postTransfer, postTransfers } from './post-transfer.ts'
export { readBalances } from './read-balances.ts'
export { type Movement, type MovementsAsk, readMovements } from './read-movements.ts'
export { rollUp, sumSystemAccount } from './roll-up.ts'
export { setFloor } from './set-floor.ts'
/** For who reads rows of their own and the balances of their accounts in one view. */
export { areWatched, balanceOf } from './store.ts'
export { systemAccount } from './system-account.ts'
export { watchAccounts } from './watch-accounts.ts'
