import { isRecord, isStringArray } from './guards.ts'
import type { Shelf } from './storage.ts'

/** A message that this browser wrote and whose storing is not yet confirmed. */
export interface Unsent {
  readonly id: string
  readonly text: string
  readonly attachmentIds: readonly string[]
  /** Payload of the button that was pressed to say this. */
  readonly choice?: string
  /** ISO instant at which the person pressed send. */
  readonly writtenAt: string
  /** Error code of a refusal that repeating alone will not heal; the person may retry. */
  readonly failed?: string
}

/** More than this waiting is not a conversation; it also bounds what lies in the site's storage. */
export const OUTBOX_MAX = 50

/**
 * The messages on their way, in the order of their ids, which is the order of writing. One key of storage a message:
 * several tabs write without read-modify-write, so none can erase another's message.
 */
export interface Outbox {
  list: () => Unsent[]
  /** The one whose turn it is; failed ones stand aside and hold nobody up. */
  next: () => Unsent | undefined
  has: (id: string) => boolean
  /** Returns false when the outbox is full. */
  put: (message: Unsent) => boolean
  settle: (id: string) => void
  fail: (id: string, code: string) => void
  retry: (id: string) => void
}

const parse = (json: string | undefined): Unsent | undefined => {
  if (json === undefined) return undefined
  try {
    const value: unknown = JSON.parse(json)
    if (!isRecord(value)) return undefined
    const { id, text, attachmentIds, choice, writtenAt, failed } = value
    if (typeof id !== 'string' || typeof text !== 'string' || typeof writtenAt !== 'string') return undefined
    return {
      id,
      text,
      writtenAt,
      attachmentIds: isStringArray(attachmentIds) ? attachmentIds : [],
      ...(typeof choice === 'string' ? { choice } : {}),
      ...(typeof failed === 'string' ? { failed } : {}),
    }
  } catch {
    return undefined
  }
}

/** @param prefix storage keys are this plus the message's id */
export const createOutbox = (shelf: Shelf, prefix: string): Outbox => {
  const write = (message: Unsent) => shelf.set(prefix + message.id, JSON.stringify(message))
  const read = (id: string) => parse(shelf.get(prefix + id))
  const list = () => shelf.keys(prefix).flatMap((key) => parse(shelf.get(key)) ?? [])
  return {
    list,
    next: () => list().find((message) => message.failed === undefined),
    has: (id) => read(id) !== undefined,
    put: (message) => {
      if (shelf.keys(prefix).length >= OUTBOX_MAX) return false
      write(message)
      return true
    },
    settle: (id) => shelf.remove(prefix + id),
    fail: (id, code) => {
      const message = read(id)
      if (message) write({ ...message, failed: code })
    },
    retry: (id) => {
      const message = read(id)
      if (!message) return
      const { failed: _, ...again } = message
      write(again)
    },
  }
}
