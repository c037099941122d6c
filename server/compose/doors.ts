import type { ChannelAdapter } from '../care/timeline/index.ts'
import { webChatAdapter } from '../channels/web-chat/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { Outgoing } from '../platform/outgoing/index.ts'
import type { Log } from '../platform/telemetry/index.ts'

export interface DoorDeps {
  readonly outgoing: Outgoing
  readonly clock: Clock
  readonly log: Log
  /** Where providers reach our webhooks. */
  readonly publicUrl: string
}

/** An adapter for every kind of door that this version has. */
export function createAdapters(_deps: DoorDeps): ChannelAdapter[] {
  return [webChatAdapter]
}
