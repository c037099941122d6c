import { type ApiProblem, isProblem } from '../../shared/api/index.ts'
import { createUnsentLists, type OutboxMessage, type Unsent } from './unsent-lists.ts'

export interface OutboxOptions {
  /** Gives a message to the server; throws an `ApiProblem` when it was refused or nobody answered. */
  readonly send: (conversationId: string, message: OutboxMessage) => Promise<void>
  /** Gives the words of a message back to the agent; tells whether they are safe there. No problem: the desk is being left. */
  readonly giveBack: (
    conversationId: string,
    message: OutboxMessage,
    problem: ApiProblem | null,
  ) => Promise<boolean>
}

export interface Outbox {
  /** What has not left yet, in the order of writing; the same array until it changes. */
  of(conversationId: string): readonly Unsent[]
  subscribe(listener: () => void): () => void
  /** Anything unsent in any conversation? */
  isEmpty(): boolean
  post(conversationId: string, message: OutboxMessage): Promise<void>
  /** Sends again at once what is stuck: the person asks, or the server is back. */
  nudge(): void
  abandon(conversationId: string, id: string): void
  /** The desk opens for a member; what another member left here is not theirs. */
  open(memberId: string): void
  /** The desk is left: one more try, then back into the drafts; what fits nowhere stays here and leaves when the desk opens again. */
  close(): Promise<void>
}

/** They say nothing about the message: the same attempt may succeed a moment later. */
const OF_THE_MOMENT = [
  'network',
  'timeout',
  'unavailable',
  'database_unavailable',
  'internal',
  'bad_answer',
  'rate_limited',
  'unauthenticated',
  'session_locked',
] as const
const FIRST_PAUSE_MS = 2_000
const MOST_PAUSE_MS = 30_000

/**
 * Keeps answers until the server has them. One of a conversation is in flight at a time and the next leaves after it, so they
 * arrive in the order of writing; what got no answer is repeated under its own id, after pauses and whenever somebody nudges.
 */
export function createOutbox({ send, giveBack }: OutboxOptions): Outbox {
  const unsent = createUnsentLists()
  const { of, mark, remove } = unsent
  const carrying = new Map<string, Promise<void>>()
  let owner: string | null = null
  let isOpen = false
  let misses = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const settle = async (conversationId: string, message: OutboxMessage, problem: ApiProblem) => {
    if (await giveBack(conversationId, message, problem)) remove(conversationId, message.id)
    else mark(conversationId, 'refused', (one) => one.id === message.id)
  }
  /** Gives false when nobody answered. */
  const attempt = async (conversationId: string, message: OutboxMessage): Promise<boolean> => {
    try {
      await send(conversationId, message)
      misses = 0
      remove(conversationId, message.id)
      return true
    } catch (error) {
      if (!isProblem(error) || isProblem(error, ...OF_THE_MOMENT)) return false
      await settle(conversationId, message, error)
      return true
    }
  }
  const carry = async (conversationId: string) => {
    const next = () => of(conversationId).find((one) => one.state !== 'refused')
    mark(conversationId, 'going', (one) => one.state === 'stuck')
    for (let message = next(); message; message = next()) {
      if (await attempt(conversationId, message)) continue
      mark(conversationId, 'stuck', (one) => one.state === 'going')
      repeatLater()
      return
    }
  }
  const kick = (conversationId: string): Promise<void> => {
    const running =
      carrying.get(conversationId) ??
      carry(conversationId).finally(() => {
        carrying.delete(conversationId)
        // Written in the very moment in which the carrying ended.
        if (of(conversationId).some((one) => one.state === 'going')) void kick(conversationId)
      })
    carrying.set(conversationId, running)
    return running
  }
  const kickAll = () => Promise.all(unsent.conversations().map(kick))
  const repeatLater = () => {
    clearTimeout(timer)
    if (!isOpen) return
    timer = setTimeout(() => void kickAll(), Math.min(MOST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** misses))
    misses += 1
  }

  return {
    of,
    subscribe: unsent.subscribe,
    isEmpty: () => unsent.conversations().length === 0,
    post: (conversationId, message) => {
      unsent.add(conversationId, { ...message, state: 'going' })
      return kick(conversationId)
    },
    nudge: () => {
      misses = 0
      clearTimeout(timer)
      if (isOpen) void kickAll()
    },
    abandon: remove,
    open: (memberId) => {
      if (owner !== memberId) unsent.clear()
      owner = memberId
      isOpen = true
      misses = 0
      void kickAll()
    },
    close: async () => {
      if (!isOpen) return
      isOpen = false
      clearTimeout(timer)
      await kickAll()
      const left = unsent
        .conversations()
        .map((conversationId) => [conversationId, of(conversationId)] as const)
      for (const [conversationId, list] of left)
        for (const message of list)
          if (await giveBack(conversationId, message, null)) remove(conversationId, message.id)
    },
  }
}
