import type { Clock } from '../../platform/clock.ts'
import type { Outgoing } from '../../platform/outgoing/index.ts'

export interface RemoteSystem {
  /** Where it is, without a slash at the end: `https://bss.example.ru`. */
  readonly url: string
  readonly clientId: string
  readonly clientSecret: string
}

export interface RemoteClientDeps {
  readonly outgoing: Outgoing
  readonly clock: Clock
  readonly system: RemoteSystem
  /** How long one attempt may take; for tests. */
  readonly timeoutMs?: number
}
