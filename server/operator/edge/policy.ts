import type { LineRef } from '../../../contracts/lines.ts'
import type { OrderKind } from '../../../contracts/orders.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { By } from './outcome.ts'

type LineRole = LineRef['role']

interface Permission {
  /** Which people of the line may. */
  readonly roles: readonly LineRole[]
  /** How sure we must be that it is them (contact point trust, 0–4). */
  readonly trust: 3 | 4
  /** Money leaves the line, or others may look at it: a code of the last minutes as well. */
  readonly freshCode?: true
  /** May an agent, the assistant or another system do it in the person's name? */
  readonly others: boolean
}

const OWNER: readonly LineRole[] = ['owner']
const OWNER_AND_USER: readonly LineRole[] = ['owner', 'user']

const options: Permission = { roles: OWNER_AND_USER, trust: 3, others: true }
/** Whoever sees a line may put money on it; nobody pays in another's name. */
const payers: Permission = { roles: ['owner', 'user', 'trusted'], trust: 3, others: false }
const owners: Permission = { roles: OWNER, trust: 4, others: true }

/** Who may have what done to a line: options and tariff with trust 3, money and blocking are the owner's with trust 4. */
const PERMISSIONS: Readonly<Record<OrderKind, Permission>> = {
  'connect-option': options,
  'disconnect-option': options,
  // Its proof is the person's own consent: nobody agrees for them.
  'connect-content': { ...options, others: false },
  'stop-content': options,
  'stop-all-content': options,
  'ban-content': options,
  'allow-content': owners,
  'change-tariff': { ...options, roles: OWNER },
  'top-up': payers,
  'promised-payment': owners,
  'transfer-money': { ...owners, freshCode: true, others: false },
  'block-line': owners,
  'unblock-line': owners,
  'set-forwarding': options,
  'set-limit': owners,
  'set-auto-top-up': owners,
  'send-settings': options,
  'share-line': { ...owners, freshCode: true, others: false },
  'end-access': owners,
  'leave-line': { roles: ['trusted'], trust: 3, others: false },
  'goodwill-credit': { roles: [], trust: 4, others: true },
  'refund-content': { roles: [], trust: 4, others: true },
  'refund-top-up': { roles: [], trust: 4, others: true },
  'reverse-deal': { roles: [], trust: 4, others: true },
}

/** Is only a fresh code missing? The caller is told before they confirm. */
export function lacksFreshCode(by: By, kind: OrderKind): boolean {
  return by.kind === 'subscriber' && PERMISSIONS[kind].freshCode === true && !by.fresh
}

/** Refuses with `forbidden` who may never have this done, and with `fresh_code_required` who first has to show that it is them. */
export function requireMay(by: By, kind: OrderKind): void {
  const { roles, trust, others } = PERMISSIONS[kind]
  if (by.kind === 'system') return
  if (by.kind !== 'subscriber' && !others) throw new Refusal('forbidden', { kind })
  // The assistant acts for whoever it talks to: never more than they may.
  const forPerson = by.kind === 'subscriber' || by.kind === 'assistant'
  if (forPerson && !(by.lineRole && roles.includes(by.lineRole))) {
    throw new Refusal('forbidden', { kind, role: by.lineRole })
  }
  if (by.trust < trust || lacksFreshCode(by, kind)) throw new Refusal('fresh_code_required', { kind })
}

/** Refuses with `forbidden` who of a line's people may not have such a thing done, and so not have it taken back either. */
export function requireMayUndo({ kind, lineRole }: By, order: OrderKind): void {
  const forPerson = kind === 'subscriber' || kind === 'assistant'
  if (forPerson && !(lineRole && PERMISSIONS[order].roles.includes(lineRole)))
    throw new Refusal('forbidden', { kind: order, role: lineRole })
}
