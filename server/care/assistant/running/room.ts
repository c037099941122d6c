import type { OperatorEdge } from '../../../operator/edge/index.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { Db } from '../../../platform/database/index.ts'
import type { Log } from '../../../platform/telemetry/index.ts'
import type { LinesRoom } from '../../lines/index.ts'
import type { OutboundContext } from '../../timeline/index.ts'
import type { Understanding } from '../understanding-port.ts'

/** What the running assistant works with; made once, in the composition root. */
export interface AssistantRoom {
  readonly db: Db
  readonly clock: Clock
  readonly log: Log
  readonly timeline: OutboundContext
  readonly edge: OperatorEdge
  readonly lines: LinesRoom
  readonly understanding: Understanding
  /** Where people go in My: to pay, to the Market. */
  readonly links: { readonly topUp: string; readonly market: string }
}
