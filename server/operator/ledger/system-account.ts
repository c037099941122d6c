import { v5 } from 'uuid'
import type { Unit } from './ledger.ts'

export interface SystemAccount {
  readonly id: string
  readonly name: string
  readonly unit: Unit
}

const NAMESPACE = '3f6f0b52-6a1e-4a52-9f6c-1d7a3c0e5b84'

/** Every system account that this process has spoken of: names travel with the transfers, and the first one writes them down. */
const byName = new Map<string, SystemAccount>()
const byId = new Map<string, SystemAccount>()

/**
 * The id of a system account, the same for ever and on every node: `income:fee`, `partner:<content code>`, `payments:<provider>`,
 * `network`, `used` (what packages gave to calls, messages and data). It need not be opened. It may go below zero: money that came in from a payment provider stands there as its debt.
 */
export function systemAccount(name: string, unit: Unit): string {
  const fullName = `${unit}/${name}`
  const known = byName.get(fullName)
  if (known) return known.id
  const account = { id: v5(fullName, NAMESPACE), name, unit }
  byName.set(fullName, account)
  byId.set(account.id, account)
  return account.id
}

/** Those of the accounts that are system accounts. */
export function systemAccountsAmong(accountIds: Iterable<string>): SystemAccount[] {
  const found = new Map<string, SystemAccount>()
  for (const id of accountIds) {
    const account = byId.get(id)
    if (account) found.set(id, account)
  }
  return [...found.values()]
}
