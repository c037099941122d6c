import type { Clock } from '../../platform/clock.ts'
import { afterCommit, type Executor, inTransaction } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import { type Access, recordAccess } from './record-access.ts'
import { countAccesses, lockCap } from './store.ts'

/** How often one person may do it in any 24 hours. */
export interface Caps {
  readonly reveal: number
  readonly 'break-glass': number
}

export const DEFAULT_CAPS: Caps = { reveal: 30, 'break-glass': 10 }

export interface CapAlert {
  readonly act: keyof Caps
  readonly actorId: string
  /** Half of the cap is used, all of it, or more was asked for and refused. */
  readonly passed: 'half' | 'whole' | 'refused'
  readonly cap: number
}

export interface CapDeps {
  readonly clock: Clock
  readonly caps: Caps
  /** Told after the commit. */
  readonly alert: (alert: CapAlert) => void
}

const DAY_MS = 86_400_000

type CappedAccess = Access & {
  readonly act: keyof Caps
  readonly actor: { readonly kind: 'agent'; readonly id: string }
}

/**
 * Records a reveal or a break-glass, or refuses with `reveal_cap_reached` (`act`, `cap`) when the actor has used up the day's.
 * Rivals wait for each other, so that a burst of requests cannot get past the cap.
 * @returns how many are left
 */
export async function recordCapped(db: Executor, deps: CapDeps, access: CappedAccess): Promise<number> {
  if (db.isTransaction) return take(db, deps, access)
  return inTransaction(db, (tx) => take(tx, deps, access))
}

async function take(tx: Executor, { clock, caps, alert }: CapDeps, access: CappedAccess): Promise<number> {
  const { act, actor } = access
  const cap = caps[act]
  await lockCap(tx, actor.id, act)
  const used = await countAccesses(tx, actor.id, act, new Date(clock.now().getTime() - DAY_MS))
  if (used >= cap) {
    alert({ act, actorId: actor.id, passed: 'refused', cap })
    throw new Refusal('reveal_cap_reached', { act, cap })
  }
  await recordAccess(tx, clock, access)
  const passed = used + 1 === cap ? 'whole' : used + 1 === Math.ceil(cap / 2) ? 'half' : undefined
  if (passed) afterCommit(tx, () => alert({ act, actorId: actor.id, passed, cap }))
  return cap - used - 1
}

/** An alert that warns in the log and counts in a metric. */
export function logCapAlerts(
  log: { warn(fields: object, message: string): void },
  count: (alert: CapAlert) => void = () => undefined,
): (alert: CapAlert) => void {
  return (alert) => {
    log.warn(alert, 'cap on personal data')
    count(alert)
  }
}
