import { databaseProblem } from '../platform/database/index.ts'
import type { Kept } from '../platform/kept/index.ts'
import type { Log } from '../platform/telemetry/index.ts'

const LOOK_MS = 5_000

/** Changes are forgotten after a minute (`forgetChanges`): whoever has not heard of them by then keeps nothing, nor who would hear of
 * too many at once. So we hear though nobody asks. */
export function watchChanges(kept: Kept, log: Log): () => void {
  const hear = () => {
    kept.catchUp().catch((error: unknown) => {
      if (!databaseProblem(error)) log.error({ err: error }, 'changes')
    })
  }
  hear()
  const timer = setInterval(hear, LOOK_MS)
  timer.unref()
  return () => clearInterval(timer)
}
