import type { Timeline } from '../care/timeline/index.ts'
import type { Readiness } from '../platform/http/index.ts'

const LOOK_MS = 4_000
/** One look that fails may be a moment's crowd. */
const CERTAIN = 2

/** Tells open desks when this node cannot do its work and when it can again: whoever only reads would not notice. Gives what stops it. */
export function watchService(readiness: Readiness, timeline: Timeline): () => void {
  let failures = 0
  let busy = false
  const look = async () => {
    if (timeline.openScreens().sessionIds.length === 0) return
    const { ready } = await readiness.look()
    if (ready && failures >= CERTAIN) timeline.tellScreens({ type: 'service', available: true })
    failures = ready ? 0 : failures + 1
    if (failures === CERTAIN) timeline.tellScreens({ type: 'service', available: false })
  }
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    // It never rejects: what fails is the answer.
    void look().finally(() => {
      busy = false
    })
  }, LOOK_MS)
  timer.unref()
  return () => clearInterval(timer)
}
