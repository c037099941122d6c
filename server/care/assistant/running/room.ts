import type { OperatorEdge } from '../../../operator/edge/index.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { Db } from '../../../platform/database/index.ts'
import type { Log } from '../../../platform/telemetry/index.ts'
import type { LinesRoom } from '../../lines/index.ts'
import type { OutboundContext } from '../../timeline/index.ts'
import type { Advisor } from '../advice/advisor.ts'
import type { Understanding } from '../understanding-port.ts'
import type { FlowMemory } from './flow-memory.ts'

/** What the running assistant works with; made once, in the composition root. */
export interface AssistantRoom {
  readonly db: Db
  readonly clock: Clock
  readonly log: Log
  readonly timeline: OutboundContext
  readonly edge: OperatorEdge
  readonly lines: LinesRoom
  readonly understanding: Understanding
  readonly flows: FlowMemory
  /** Where people go in My: to pay, to the Market, to an article. */
  readonly links: {
    readonly topUp: string
    readonly market: string
    readonly article: (key: string) => string
  }
  /** A language model that may answer out of articles and propose; absent: there is none. */
  readonly advisor?: Advisor | undefined
}
