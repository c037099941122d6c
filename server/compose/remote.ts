import type { Config } from '../config.ts'
import type { AnnounceOperator, OperatorEdge } from '../operator/edge/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/database/index.ts'
import type { Loop } from '../platform/loop.ts'
import type { Outgoing } from '../platform/outgoing/index.ts'
import { createRemoteEdge } from '../tmf/index.ts'
import type { HouseLog } from './house-log.ts'

/** The system that keeps the lines instead of us. */
export interface Remote {
  /** Undefined: we keep them. */
  readonly edge: OperatorEdge | undefined
  /** Asks it about orders that have not ended. */
  startWorking(db: Db): Loop[]
}

/** Connects to the operator's own system, if there is one. */
export function composeRemote({
  system,
  log,
  ...deps
}: {
  readonly outgoing: Outgoing
  readonly clock: Clock
  readonly log: HouseLog
  readonly announce: AnnounceOperator
  readonly system: Config['operatorSystem']
}): Remote {
  if (!system) return { edge: undefined, startWorking: () => [] }
  const edge = createRemoteEdge({
    ...deps,
    system,
    onDefect: (error, orderId) => log.error({ err: error, orderId }, 'orders of a remote system'),
  })
  return { edge, startWorking: (db) => [edge.startAsking(db)] }
}
