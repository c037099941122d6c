import type { LineState } from '../line-state.ts'
import type { LineRules } from '../rules.ts'
import type { Draft } from './draft.ts'

/** Fees that fall due on a blocked line wait, unless the rules say otherwise. */
export const restsWhileBlocked = ({ blockedFor }: LineState, rules: LineRules): boolean =>
  blockedFor !== null && !rules.chargesWhileBlocked[blockedFor]

/** Whether options and subscriptions are charged: not before the tariff is paid and nothing is owed. */
export const mayBeCharged = (line: LineState, rules: LineRules): boolean =>
  line.endedAt === null && line.period.paid && !line.promised?.overdue && !restsWhileBlocked(line, rules)

/** What the facts come to: ended, blocked, suspended for want of money, or active. */
function stateOf({ endedAt, blockedFor, period, promised }: LineState): LineState['state'] {
  if (endedAt !== null) return 'ended'
  if (blockedFor !== null) return 'blocked'
  return period.paid && !promised?.overdue ? 'active' : 'suspended'
}

/** Brings the line's state in step with its facts. Gives whether it changed. */
export function settleState({ line, changes }: Draft): boolean {
  const state = stateOf(line)
  if (state === line.state) return false
  line.state = state
  changes.touched = true
  return true
}
