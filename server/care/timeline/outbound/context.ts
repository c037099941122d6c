import type { Door, Doors } from '../accounts/doors.ts'
import type { InboundContext } from '../inbound/context.ts'

/** What the outbound pipeline works with; made once, in the composition root. */
export interface OutboundContext extends InboundContext {
  readonly doors: Doors
  /** The fixed text of an `invite-only` door, with links to the others (41-FZ). */
  readonly invitation: (locale: 'ru' | 'en', others: readonly Door[]) => string
  /** There is something to be sent now: the sender of this node looks at once. */
  readonly wakeSending: () => void
}
