import { createHash } from 'node:crypto'
import type { Clock } from '../../platform/clock.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Leg, Transfer } from './ledger.ts'

/** A transfer ready to be stored. */
export interface Body extends Omit<Transfer, 'memo'> {
  readonly id: string
  readonly memo: string | null
  /** Of what must not differ when the key comes again. */
  readonly digest: Buffer
}

/** @throws if it cannot be right: no name, too few legs, one that is nothing or not countable, an account with two */
export function bodyOf(transfer: Transfer): Body {
  const legs = [...transfer.legs].sort((a, b) => (a.accountId < b.accountId ? -1 : 1))
  if (transfer.scope === '' || transfer.key === '') throw new Error('a transfer has a scope and a key')
  requireLegs(legs)
  const memo = transfer.memo === undefined ? null : inOneOrder(transfer.memo)
  return { ...transfer, id: idAt(transfer.at), legs, memo, digest: digestOf(transfer, legs, memo) }
}

function requireLegs(legs: readonly Leg[]): void {
  if (legs.length < 2) throw new Error('a transfer has two legs or more')
  for (const [place, { accountId, amount }] of legs.entries()) {
    if (amount === 0 || !Number.isSafeInteger(amount)) throw new Error(`${amount} cannot be moved`)
    if (legs[place + 1]?.accountId === accountId) throw new Error(`account ${accountId} has two legs`)
  }
}

function digestOf({ kind, lineId }: Transfer, legs: readonly Leg[], memo: string | null): Buffer {
  const moved = legs.map(({ accountId, amount }) => [accountId, amount])
  return createHash('sha256')
    .update(JSON.stringify([kind, lineId, moved, memo]))
    .digest()
}

/** JSON in which the order of keys says nothing. */
function inOneOrder(memo: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(memo, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
}

let moment = new Date(0)
const clock: Clock = { now: () => moment }

/** Transfers of one moment get ids in the order of their posting, so that an account's page shows them so. */
function idAt(at: Date): string {
  moment = at
  return newId(clock)
}
