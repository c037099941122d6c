import { useMemo } from 'react'
import type { Conversation } from '../../../contracts/conversations.ts'
import type { Row } from '../../shared/timeline/index.ts'
import { useOutbox } from '../composer/outbox.ts'
import type { Unsent } from '../composer/unsent-lists.ts'

/** A message that is on its way to the timeline: not yet taken by the server, or held for the undo time. */
export interface Pending {
  readonly id: string
  readonly laneId: string
  readonly text: string
  readonly author: string | null
  readonly files: number
  /** Held: the server has it and it leaves in a moment. */
  readonly state: Unsent['state'] | 'held'
}

/** Messages not on the timeline yet, each once, whatever order frames and answers come in. */
export function usePending(conversation: Conversation, rows: readonly Row[]): readonly Pending[] {
  const outbox = useOutbox(conversation.id)
  const { held } = conversation
  return useMemo(() => {
    const arrived = new Set(
      rows.flatMap((row) => (row.kind === 'item' ? (row.item.entry.delivery?.messageId ?? []) : [])),
    )
    const taken = held.map(
      ({ id, laneId, text, author, attachmentIds }): Pending => ({
        id,
        laneId,
        text,
        author: author.name,
        files: attachmentIds.length,
        state: 'held',
      }),
    )
    const takenIds = new Set(taken.map((one) => one.id))
    const waiting = outbox
      .filter((one) => !takenIds.has(one.id))
      .map(
        ({ id, laneId, text, attachments, state }): Pending => ({
          id,
          laneId,
          text,
          author: null,
          files: attachments.length,
          state,
        }),
      )
    return [...taken, ...waiting].filter((one) => !arrived.has(one.id))
  }, [held, outbox, rows])
}
