import { every } from '../platform/every.ts'
import type { Kept } from '../platform/kept/index.ts'
import type { Log } from '../platform/telemetry/index.ts'

const LOOK_MS = 5_000

/** Changes are forgotten after a minute (`forgetChanges`): whoever has not heard of them by then keeps nothing, nor who would hear of
 * too many at once. So we hear though nobody asks. */
export function watchChanges(kept: Kept, log: Log): () => void {
  return every({ ms: LOOK_MS, atOnce: true, log, name: 'changes' }, () => kept.catchUp())
}
