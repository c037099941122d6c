import { randomUUID } from 'node:crypto'
import { type Db, type Listener, listen, notify } from '../database/index.ts'
import type { Bus } from './bus.ts'

const CHANNEL = 'otklik_notices'
/** PostgreSQL takes fewer than 8000 bytes in one notice. */
const MAX_BYTES = 7_500

export interface ShareOptions<N> {
  readonly db: Db
  readonly connectionString: string
  readonly bus: Bus<N>
  /** A notice as other nodes may have it: ids only, in pieces that fit; none = for this node alone. */
  readonly outward: (notice: N) => readonly N[]
  /** Checks what another node sent. */
  readonly inward: (value: unknown) => N | undefined
  /** Notices were lost: whoever follows something shall look again. */
  readonly onGap: () => void
  readonly onError: (error: unknown) => void
}

/**
 * Passes the notices of this node to the others through NOTIFY, and theirs to ours. They may get lost with the
 * connection: screens resume by seq and look for themselves from time to time.
 */
export async function shareNotices<N extends object>(options: ShareOptions<N>): Promise<Listener> {
  const { db, connectionString, bus, outward, inward, onGap, onError } = options
  const node = randomUUID()
  const foreign = new WeakSet<N>()
  const hear = (payload: string) => {
    const { from, notice }: { from?: unknown; notice?: unknown } = JSON.parse(payload)
    const heard = from === node ? undefined : inward(notice)
    if (!heard) return
    foreign.add(heard)
    bus.publish(heard)
  }
  const listener = await listen(
    connectionString,
    CHANNEL,
    (payload) => {
      // Anybody who may reach the database can write to the channel: what they say must not end this process.
      try {
        hear(payload)
      } catch (error) {
        onError(error)
      }
    },
    { onGap, onError },
  )
  const unsubscribe = bus.subscribe((notice) => {
    if (foreign.has(notice)) return
    for (const piece of outward(notice)) {
      const payload = JSON.stringify({ from: node, notice: piece })
      if (Buffer.byteLength(payload) <= MAX_BYTES) notify(db, CHANNEL, payload).catch(onError)
    }
  })
  return {
    close: async () => {
      unsubscribe()
      await listener.close()
    },
  }
}
