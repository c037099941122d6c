import type { Clock } from '../../platform/clock.ts'
import type { Vault } from '../../platform/vault/index.ts'
import type { AttemptLimits } from './attempt-limits.ts'
import type { StaffSettings } from './settings.ts'

/** What the use cases of this room need beside an executor. */
export interface StaffDeps {
  readonly clock: Clock
  readonly vault: Vault
  readonly attempts: AttemptLimits
  readonly settings: StaffSettings
}
