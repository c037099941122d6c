import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { v7 } from 'uuid'
import { conversations } from '../../../contracts/conversations.ts'
import type { Attachment, HeldMessage } from '../../../contracts/entries.ts'
import { call } from '../data/api.ts'
import { addEntries } from '../live/patch-timeline.ts'
import type { DraftContent } from './draft-keeper.ts'
import { outbox } from './outbox.ts'
import { offerField } from './return-words.ts'
import type { useDraft } from './use-draft.ts'
import { type ReturnedWords, takeBack } from './words.ts'

/** The way out of the field, and back into it: what is undone, refused or not kept returns before what was written since. */
export function useSending(
  conversationId: string,
  written: RefObject<DraftContent>,
  { change, handOver }: Pick<ReturnType<typeof useDraft>, 'change' | 'handOver'>,
) {
  const [problem, setProblem] = useState<unknown>(null)
  // A held message comes back with ids only; what they stand for is remembered here.
  const sentFiles = useRef(new Map<string, readonly Attachment[]>())
  const restore = useCallback(
    (words: ReturnedWords, why: unknown) => {
      setProblem(why)
      change(takeBack(written.current, words))
    },
    [written, change],
  )
  useEffect(
    () => offerField(conversationId, (message, why) => restore({ ...message, note: false }, why)),
    [conversationId, restore],
  )

  function reply(laneId: string): void {
    const { text, attachments } = written.current
    const id = v7()
    setProblem(null)
    sentFiles.current.set(id, attachments)
    void outbox.post(conversationId, { id, laneId, text, attachments })
    handOver()
  }

  async function keepNote(): Promise<void> {
    const { text } = written.current
    const id = v7()
    setProblem(null)
    change({ text: '', note: false })
    try {
      const params = { id: conversationId }
      addEntries([await call(conversations.addNote, { params, body: { id, text }, key: id })])
    } catch (error) {
      restore({ text, note: true, laneId: null, attachments: [] }, error)
    }
  }

  const undo = (held: HeldMessage) =>
    restore({ ...held, note: false, attachments: sentFiles.current.get(held.id) ?? [] }, null)

  return { problem, reply, keepNote, undo }
}
