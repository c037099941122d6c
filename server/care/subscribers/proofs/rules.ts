import type { ProofKind } from '../../../../contracts/subscribers.ts'

export interface ProofRule {
  /** 1 claimed, 2 vouched by the channel, 3 proved by code or token, 4 signed in or a trusted trunk. */
  readonly level: 1 | 2 | 3 | 4
  /** How long it holds, in milliseconds. */
  readonly lastsMs: number
}
export type ProofRules = Readonly<Record<ProofKind, ProofRule>>

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Numbers are recycled and phones change hands: nothing is proved for ever. */
export const DEFAULT_PROOF_RULES: ProofRules = {
  agent: { level: 1, lastsMs: 30 * DAY },
  'shared-contact': { level: 2, lastsMs: 180 * DAY },
  dmarc: { level: 2, lastsMs: 30 * DAY },
  'sms-code': { level: 3, lastsMs: 90 * DAY },
  'deep-link': { level: 3, lastsMs: 90 * DAY },
  'sign-in': { level: 4, lastsMs: 12 * HOUR },
}
