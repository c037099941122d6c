import type { LineRole } from '../../../contracts/lines.ts'
import { Refusal } from '../../platform/refusal.ts'

/** What of a line is looked at. */
export type Seen = 'glance' | 'services' | 'settings' | 'charges' | 'usage' | 'orders'

/** Money, settings and call details are the owner's; balance, packages and options the user's too; who is trusted sees the balance. */
const SEES: Readonly<Record<Seen, readonly LineRole[]>> = {
  glance: ['owner', 'user', 'trusted'],
  services: ['owner', 'user'],
  settings: ['owner'],
  charges: ['owner'],
  usage: ['owner'],
  orders: ['owner', 'user'],
}

/** Refuses with `forbidden` who has a role on the line that does not show this. */
export function requireSees(role: LineRole, seen: Seen): void {
  if (!SEES[seen].includes(role)) throw new Refusal('forbidden', { role })
}
