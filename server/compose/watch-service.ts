import type { Timeline } from '../care/timeline/index.ts'
import { every } from '../platform/every.ts'
import type { Readiness } from '../platform/http/index.ts'
import type { Log } from '../platform/telemetry/index.ts'

const LOOK_MS = 4_000
/** One look that fails may be a moment's crowd. */
const CERTAIN = 2

/** Tells open desks when this node cannot do its work and when it can again: whoever only reads would not notice. Gives what stops it. */
export function watchService(readiness: Readiness, timeline: Timeline, log: Log): () => void {
  let failures = 0
  // What fails is the answer of a look.
  return every({ ms: LOOK_MS, log, name: 'readiness' }, async () => {
    if (timeline.openScreens().sessionIds.length === 0) return
    const { ready } = await readiness.look()
    if (ready && failures >= CERTAIN) timeline.tellScreens({ type: 'service', available: true })
    failures = ready ? 0 : failures + 1
    if (failures === CERTAIN) timeline.tellScreens({ type: 'service', available: false })
  })
}
