import type {
  ChannelAccountRow,
  ChannelAdapter,
  InboundEvent,
  Intake,
} from '../../server/care/timeline/index.ts'

/** What outlives a restart: what was stored, and where the poller stood. */
export interface Kept {
  readonly events: InboundEvent[]
  readonly unreadable: Buffer[]
  readonly seen: Set<string>
  cursor: Readonly<Record<string, unknown>>
}

export interface RecordingIntake extends Intake {
  readonly kept: Kept
  readonly health: { readonly state: 'ok' | 'degraded' | 'down'; readonly reason: string | null }[]
  /** The words of the messages that were stored, in their order. */
  texts(): string[]
}

export const nothingKept = (): Kept => ({ events: [], unreadable: [], seen: new Set(), cursor: {} })

/**
 * An intake in memory that does what the inbound pipeline promises: an event is stored once by its name, what cannot be read is kept,
 * a rejected payload leaves nothing.
 * @param beforeStoring may throw: the database is away
 */
export function recordingIntake(
  adapter: ChannelAdapter,
  account: ChannelAccountRow,
  kept: Kept = nothingKept(),
  beforeStoring: (payload: Buffer) => void | Promise<void> = () => undefined,
): RecordingIntake {
  const health: RecordingIntake['health'] = []
  return {
    kept,
    health,
    texts: () => kept.events.flatMap((event) => (event.kind === 'message' ? [event.body.text] : [])),
    receive: async (payload) => {
      await beforeStoring(payload)
      for (const event of await eventsOf(adapter, account, payload, kept)) {
        if (event.kind !== 'ignored' && kept.seen.has(event.key)) continue
        if (event.kind !== 'ignored') kept.seen.add(event.key)
        kept.events.push(event)
        if (event.kind !== 'ignored') void adapter.afterAccepted?.(account, event).catch(() => undefined)
      }
    },
    readCursor: async () => kept.cursor,
    saveCursor: async (cursor) => {
      kept.cursor = cursor
    },
    reportHealth: async (state, reason) => {
      health.push({ state, reason })
    },
  }
}

async function eventsOf(
  adapter: ChannelAdapter,
  account: ChannelAccountRow,
  payload: Buffer,
  kept: Kept,
): Promise<InboundEvent[]> {
  try {
    return await adapter.parse(account, payload)
  } catch {
    kept.unreadable.push(payload)
    return []
  }
}
