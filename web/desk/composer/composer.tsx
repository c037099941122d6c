import { useCallback, useRef } from 'react'
import type { Conversation } from '../../../contracts/conversations.ts'
import { useWords } from '../app/words.ts'
import { ProblemLine } from '../parts/problem-line.tsx'
import { say } from '../parts/say.ts'
import { useNow } from '../parts/use-now.ts'
import { ClosedNotice } from './closed-notice.tsx'
import styles from './composer.module.css'
import { ComposerBar } from './composer-bar.tsx'
import { FileTray } from './file-tray.tsx'
import { judge, laneFor } from './judge-answer.ts'
import { LaneNotice } from './lane-notice.tsx'
import { TextField } from './text-field.tsx'
import { UndoBar } from './undo-bar.tsx'
import { useDraft } from './use-draft.ts'
import { useOpenField } from './use-open-field.ts'
import { useSending } from './use-sending.ts'
import { useUploads } from './use-uploads.ts'

/** Where the answer is written: its door, its limits, its files; or a note for colleagues. */
export function Composer({ conversation }: { conversation: Conversation }) {
  const { t } = useWords()
  const field = useRef<HTMLTextAreaElement>(null)
  const now = useNow(30_000)
  const tellConflict = useCallback(() => say(t('composer.draftElsewhere')), [t])
  const draft = useDraft(conversation, tellConflict)
  const { state, change } = draft
  const { text, note, attachments } = state
  const written = useRef(state)
  written.current = state
  const { uploads, add, remove } = useUploads(
    useCallback((done) => change({ attachments: [...written.current.attachments, done] }), [change]),
  )
  useOpenField(field, written, change)
  const { problem, reply, keepNote, undo } = useSending(conversation.id, written, draft)
  const lane = laneFor(conversation, state.laneId)
  const { obstacle, room, forbidden, ready } = judge(state, lane, uploads.length, now)

  function send(): void {
    if (!ready) return
    if (note) void keepNote()
    else if (lane) reply(lane.laneId)
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
      <UndoBar conversation={conversation} restore={undo} />
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
