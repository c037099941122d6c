import { myAdapter } from '../care/my/index.ts'
import type { ChannelAdapter } from '../care/timeline/index.ts'
import { createEmailAdapter } from '../channels/email/index.ts'
import { createMaxAdapter } from '../channels/max/index.ts'
import { createSmsAdapter } from '../channels/sms/index.ts'
import { createTelegramAdapter } from '../channels/telegram/index.ts'
import { webChatAdapter } from '../channels/web-chat/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { Outgoing } from '../platform/outgoing/index.ts'
import type { HouseLog } from './house-log.ts'

export interface DoorDeps {
  readonly outgoing: Outgoing
  readonly clock: Clock
  readonly log: HouseLog
  /** Where providers reach our webhooks. */
  readonly publicUrl: string
}

/** An adapter for every kind of door that this version has. */
export function createAdapters(deps: DoorDeps): ChannelAdapter[] {
  return [
    webChatAdapter,
    myAdapter,
    createMaxAdapter(deps),
    createTelegramAdapter(deps),
    createSmsAdapter(deps),
    createEmailAdapter(deps),
  ]
}
