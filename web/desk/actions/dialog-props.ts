import type { Conversation } from '../../../contracts/conversations.ts'

/** What every dialog about a conversation is given. */
export interface DialogProps {
  readonly conversation: Conversation
  readonly close: () => void
}
