import { useCallback, useEffect, useRef, useState } from 'react'
import { v7 } from 'uuid'
import { type Conversation, conversations } from '../../../contracts/conversations.ts'
import type { Attachment } from '../../../contracts/entries.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { addEntries } from '../live/patch-timeline.ts'
import { ProblemLine } from '../parts/problem-line.tsx'
import { say } from '../parts/say.ts'
import { useNow } from '../parts/use-now.ts'
import { forbiddenIn, obstacleOf, roomOf } from './check-reply.ts'
import { ClosedNotice } from './closed-notice.tsx'
import styles from './composer.module.css'
import { ComposerBar } from './composer-bar.tsx'
import { FileTray } from './file-tray.tsx'
import { offerFocus } from './focus.ts'
import { offerInsert } from './insert.ts'
import { LaneNotice } from './lane-notice.tsx'
import { outbox } from './outbox.ts'
import { offerField } from './return-words.ts'
import { TextField } from './text-field.tsx'
import { UndoBar } from './undo-bar.tsx'
import { useDraft } from './use-draft.ts'
import { useUploads } from './use-uploads.ts'
import { type ReturnedWords, takeBack } from './words.ts'

/** Where the answer is written: its door, its limits, its files; or a note for colleagues. */
export function Composer({ conversation }: { conversation: Conversation }) {
  const { t } = useWords()
  const field = useRef<HTMLTextAreaElement>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const now = useNow(30_000)
  const tellConflict = useCallback(() => say(t('composer.draftElsewhere')), [t])
  const { state, change, handOver } = useDraft(conversation, tellConflict)
  const written = useRef(state)
  written.current = state
  const { text, note, attachments } = state
  const files = useRef<readonly Attachment[]>(attachments)
  files.current = attachments
  // A held message comes back with ids only; what they stand for is remembered here.
  const sentFiles = useRef(new Map<string, readonly Attachment[]>())
  const { uploads, add, remove } = useUploads(
    useCallback((done) => change({ attachments: [...files.current, done] }), [change]),
  )
  const lane =
    conversation.lanes.find((one) => one.laneId === state.laneId) ??
    conversation.lanes.find((one) => one.laneId === conversation.replyLaneId) ??
    conversation.lanes[0]
  const obstacle = lane && !note ? obstacleOf(lane, now) : null
  const room = lane && !note ? roomOf(lane, text, attachments.length) : null
  const forbidden = lane && !note ? forbiddenIn(lane, text, attachments.length + uploads.length) : []
  const something = text.trim() !== '' || (!note && attachments.length > 0)
  const ready =
    something &&
    uploads.length === 0 &&
    !obstacle &&
    forbidden.length === 0 &&
    (note || lane !== undefined) &&
    !(room && room.length > room.max)

  useEffect(
    () =>
      offerFocus((mode) => {
        change({ note: mode === 'note' })
        // At once, so that keys pressed right after are not lost; again after a blocked field opened for a note.
        field.current?.focus()
        setTimeout(() => field.current?.focus())
      }),
    [change],
  )

  useEffect(
    () =>
      offerInsert((words, where) => {
        const before = written.current.text.trimEnd()
        const note = where === 'note' ? { note: true } : {}
        change({ ...note, text: before === '' ? words : `${before}\n\n${words}` })
        field.current?.focus()
      }),
    [change],
  )

  const restore = useCallback(
    (words: ReturnedWords, why: unknown) => {
      setProblem(why)
      change(takeBack(written.current, words))
    },
    [change],
  )
  useEffect(
    () => offerField(conversation.id, (message, why) => restore({ ...message, note: false }, why)),
    [conversation.id, restore],
  )

  function send(): void {
    if (!ready) return
    setProblem(null)
    if (note) void keepNote()
    else if (lane) {
      const id = v7()
      sentFiles.current.set(id, attachments)
      void outbox.post(conversation.id, { id, laneId: lane.laneId, text, attachments })
      handOver()
    }
  }

  async function keepNote(): Promise<void> {
    const id = v7()
    change({ text: '', note: false })
    try {
      const params = { id: conversation.id }
      addEntries([await call(conversations.addNote, { params, body: { id, text }, key: id })])
    } catch (error) {
      restore({ text, note: true, laneId: null, attachments: [] }, error)
    }
  }

  if (conversation.state === 'resolved') return <ClosedNotice conversation={conversation} />
  return (
    <section
      className={styles.composer}
      aria-label={t('composer.name')}
      data-note={note}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        if (!note) add(event.dataTransfer.files)
      }}
    >
      <UndoBar
        conversation={conversation}
        restore={(held) =>
          restore({ ...held, note: false, attachments: sentFiles.current.get(held.id) ?? [] }, null)
        }
      />
      {lane && !note && (
        <LaneNotice
          lane={lane}
          obstacle={obstacle}
          forbidden={forbidden}
          lanes={conversation.lanes}
          choose={(laneId) => change({ laneId })}
          now={now}
        />
      )}
      <ProblemLine error={problem} />
      <div className={styles.box}>
        <TextField
          field={field}
          conversation={conversation}
          text={text}
          note={note}
          blocked={obstacle !== null}
          onText={(next) => change({ text: next })}
          onFiles={note ? () => undefined : add}
          onSend={send}
        />
        {!note && (
          <FileTray
            attachments={attachments}
            uploads={uploads}
            removeUpload={remove}
            removeAttachment={(id) => change({ attachments: attachments.filter((one) => one.id !== id) })}
          />
        )}
        <ComposerBar
          conversation={conversation}
          lane={lane}
          note={note}
          room={room}
          ready={ready}
          blocked={obstacle !== null}
          change={change}
          onFiles={add}
          onSend={send}
        />
      </div>
    </section>
  )
}
