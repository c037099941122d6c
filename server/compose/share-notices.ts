import { inward, outward } from '../care/timeline/index.ts'
import { shareNotices } from '../platform/bus/index.ts'
import type { Closing } from '../platform/closing.ts'
import type { Ground } from './ground.ts'

/** With an external database there may be other nodes: they hear of what happens here, and we of theirs. */
export async function shareWithOtherNodes({ data, db, bus, log }: Ground, closing: Closing): Promise<void> {
  if (data.embedded) return
  const shared = await shareNotices({
    db,
    connectionString: data.connectionString,
    bus,
    outward,
    inward,
    onGap: () => bus.publish({ type: 'inbox' }),
    onError: (error) => log.warn({ err: error }, 'notices'),
  })
  closing.add(() => shared.close())
}
