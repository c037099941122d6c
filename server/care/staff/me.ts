import type { Me, Member } from '../../../contracts/staff.ts'
import type { StaffDeps } from './deps.ts'
import type { MemberRow } from './member-store.ts'
import { presenceNow } from './policy.ts'

/** A member as colleagues see them. */
export function memberOf(row: MemberRow, now: Date): Member {
  const { id, name, email, roles, active, capacity } = row
  const secondFactor = row.totpConfirmedAt !== null
  return { id, name, email, roles, active, capacity, secondFactor, presence: presenceNow(row, now) }
}

/** The signed-in person, with what the desk needs to start. */
export function meOf(
  { clock, settings }: Pick<StaffDeps, 'clock' | 'settings'>,
  row: MemberRow,
  session: { readonly locked: boolean; readonly secondFactorDue: boolean; readonly passwordDue: boolean },
): Me {
  return {
    member: memberOf(row, clock.now()),
    locale: row.locale,
    locked: session.locked,
    idleLockMs: settings.idleLockMs,
    secondFactorDue: session.secondFactorDue,
    passwordDue: session.passwordDue && row.passwordDue,
    operator: { ...settings.operator },
    demo: settings.demo,
    oidc: settings.oidc !== undefined,
    links: { world: settings.worldUrl },
  }
}
