import type { Staff } from '../../platform/http/index.ts'
import { Refusal } from '../../platform/refusal.ts'

/** Refuses with `forbidden` who may not make or change what everybody uses. */
export function requireMayShare({ roles }: Pick<Staff, 'roles'>): void {
  if (!roles.includes('supervisor') && !roles.includes('designer')) throw new Refusal('forbidden')
}
