import type { Executor } from '../../../platform/database/index.ts'
import { endConnected } from '../aging/connected.ts'
import type { LinesContext } from '../lines-context.ts'
import { refuseIfAny } from '../plans/conflicts.ts'
import { planDisconnection } from '../plans/connection.ts'
import { workOnLine } from '../work-on-lines.ts'
import type { Act } from './act.ts'

/**
 * Switches off an option or a subscription, with what is left of its packages and the options that required it; money is not returned.
 * Gives the codes that went off, its own first. Refuses with `not_found`, `order_refused` (not-connected, line-state).
 */
export function disconnectOffering(
  tx: Executor,
  lines: LinesContext,
  { lineId, code }: Act & { readonly code: string },
): Promise<{ disconnected: string[] }> {
  return workOnLine(tx, lines, lineId, (draft) => {
    const { conflicts, connected } = planDisconnection(draft.line, code)
    refuseIfAny(conflicts)
    return { disconnected: connected ? endConnected(draft, connected, lines.clock.now()) : [] }
  })
}
