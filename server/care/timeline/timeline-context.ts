import type { Executor } from '../../platform/database/index.ts'
import type { Outgoing } from '../../platform/outgoing/index.ts'
import type { Vault } from '../../platform/vault/index.ts'
import type { CapDeps } from '../audit/index.ts'
import type { ChannelAdapter } from './channel-adapter.ts'
import type { TimelineNotice } from './live/notices.ts'
import type { OutboundContext } from './outbound/context.ts'

/** What the whole room works with; made once, in the composition root. */
export interface TimelineContext extends OutboundContext {
  readonly vault: Vault
  /** For images of mails that lie on other servers. */
  readonly outgoing: Outgoing
  readonly adapters: readonly ChannelAdapter[]
  readonly country: string
  /** Caps on break-glass. */
  readonly caps: CapDeps
  /** Tells the screens once the transaction has committed. */
  readonly announce: (tx: Executor, notice: TimelineNotice) => void
  /** A door was opened or changed: once committed, it is read again and run anew. */
  readonly afterAccountChange: (tx: Executor) => void
  readonly wakeFiling: () => void
}
