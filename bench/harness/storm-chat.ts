import type { MaxDoor } from './max-stand-in.ts'

/** One chat, as its person and its agent know it. */
export interface Chat {
  readonly userId: string
  readonly door: MaxDoor
  conversationId: string
  laneId: string
  /** Ids of the agent's messages, in the order in which they were taken. */
  readonly outbound: string[]
}

/** What the person writes, from 0. */
export const textIn = (chat: Chat, n: number): string => `in ${chat.userId} ${n}`
/** What the agent answers, from 0. */
export const textOut = (chat: Chat, n: number): string => `out ${chat.userId} ${n}`
