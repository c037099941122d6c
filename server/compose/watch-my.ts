import type { MyLive } from '../care/my/index.ts'
import { every } from '../platform/every.ts'
import type { Log } from '../platform/telemetry/index.ts'

const LOOK_MS = 10_000

/** Open sockets outlive the moment of their authentication: screens of sessions that have ended are closed. */
export function watchMy(live: MyLive, log: Log): () => void {
  return every({ ms: LOOK_MS, log, name: 'my sessions' }, () => live.endStale())
}
