import type { ChatMessage } from '../../../contracts/chat.ts'

interface Held {
  readonly message: ChatMessage
  /** Newest seq of the delivery that brought this version: an older delivery that comes late must not undo an edit. */
  readonly asOf: number
}

/** What this browser knows of the visitor's lane. Everything up to `cursor` is here; above it there may be holes. */
export interface Lane {
  readonly cursor: number
  readonly held: ReadonlyMap<number, Held>
}

/** Messages up to `lastSeq`, as the server pushes or answers them. Edits come under the old seq. */
export interface Delivered {
  readonly messages: readonly ChatMessage[]
  readonly lastSeq: number
}

export const emptyLane: Lane = { cursor: 0, held: new Map() }

/** The messages in the lane's order. */
export const messagesOf = (lane: Lane): ChatMessage[] =>
  [...lane.held.values()].map((held) => held.message).sort((a, b) => a.seq - b.seq)

const merged = (lane: Lane, { messages, lastSeq }: Delivered): Map<number, Held> => {
  const held = new Map(lane.held)
  for (const message of messages) {
    const known = held.get(message.seq)
    if (!known || known.asOf <= lastSeq) held.set(message.seq, { message, asOf: lastSeq })
  }
  return held
}

/**
 * Takes in an answer of `readChat`: it is complete from `after` to its `lastSeq`, so the cursor may follow.
 * @param after what the request asked for
 */
export const mergePage = (lane: Lane, page: Delivered, after: number): Lane => ({
  cursor: after <= lane.cursor ? Math.max(lane.cursor, page.lastSeq) : lane.cursor,
  held: merged(lane, page),
})

/**
 * Takes in a pushed frame. Pushes may get lost, and seqs that the visitor may not see look just like a loss, so the
 * cursor follows only an unbroken run; the rest is shown at once but `gap` asks for a page from the cursor on.
 */
export const mergePush = (lane: Lane, frame: Delivered): { lane: Lane; gap: boolean } => {
  const held = merged(lane, frame)
  let cursor = lane.cursor
  while (held.has(cursor + 1)) cursor += 1
  return { lane: { cursor, held }, gap: cursor < frame.lastSeq }
}
