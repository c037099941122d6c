import { ActionIcon, FileButton, Tooltip } from '@mantine/core'
import { IconNote, IconPaperclip, IconSlash } from '@tabler/icons-react'
import type { Conversation, PersonLane } from '../../../contracts/conversations.ts'
import { useWords } from '../app/words.ts'
import type { Room } from './check-reply.ts'
import styles from './composer.module.css'
import type { DraftContent } from './draft-keeper.ts'
import { focusComposer } from './focus.ts'
import { HelpButton } from './help-button.tsx'
import { LaneMenu } from './lane-menu.tsx'
import { SendButton } from './send-button.tsx'

interface Props {
  readonly conversation: Conversation
  readonly lane: PersonLane | undefined
  readonly note: boolean
  readonly room: Room | null
  readonly ready: boolean
  /** Nothing may leave through this door. */
  readonly blocked: boolean
  readonly change: (part: Partial<DraftContent>) => void
  readonly onFiles: (files: Iterable<File>) => void
  readonly onSend: () => void
}

function RoomLeft({ room }: { room: Room }) {
  const { t } = useWords()
  const over = room.length > room.max
  if (room.unit === 'sms-segments') {
    return (
      room.length > 0 && (
        <span className={styles.room} data-over={over}>
          {t('composer.segments', { count: room.length, max: room.max })}
        </span>
      )
    )
  }
  if (room.length < room.max * 0.8) return null
  return (
    <span className={styles.room} data-over={over} aria-live="polite">
      {over ? t('composer.over', { count: room.length - room.max }) : `${room.length} / ${room.max}`}
    </span>
  )
}

/** Below the text: through which door, note or answer, files, how much room is left, send. */
export function ComposerBar({
  conversation,
  lane,
  note,
  room,
  ready,
  blocked,
  change,
  onFiles,
  onSend,
}: Props) {
  const { t } = useWords()
  const carriesFiles =
    !note && !blocked && lane?.capabilities.attachments !== null && lane?.policy !== 'no-personal-data'
  return (
    <div className={styles.bar}>
      {note ? (
        <span className={styles.hint}>{t('composer.noteHint')}</span>
      ) : (
        <LaneMenu lanes={conversation.lanes} lane={lane} choose={(laneId) => change({ laneId })} />
      )}
      <span className={styles.grow} />
      {room && <RoomLeft room={room} />}
      <MacrosButton note={note} change={change} />
      <HelpButton />
      {carriesFiles && <AttachButton onFiles={onFiles} />}
      <NoteSwitch note={note} />
      <SendButton note={note} ready={ready} onSend={onSend} />
    </div>
  )
}

function MacrosButton({ note, change }: Pick<Props, 'note' | 'change'>) {
  const { t } = useWords()
  return (
    <Tooltip label={`${t('composer.macros')} · /`}>
      <ActionIcon
        aria-label={t('composer.macros')}
        className={styles.hideSmall ?? ''}
        onClick={() => {
          change({ text: '/' })
          focusComposer(note ? 'note' : 'reply')
        }}
      >
        <IconSlash size={17} />
      </ActionIcon>
    </Tooltip>
  )
}

function AttachButton({ onFiles }: Pick<Props, 'onFiles'>) {
  const { t } = useWords()
  return (
    <FileButton multiple onChange={onFiles}>
      {(props) => (
        <Tooltip label={t('composer.attach')}>
          <ActionIcon {...props} aria-label={t('composer.attach')}>
            <IconPaperclip size={17} />
          </ActionIcon>
        </Tooltip>
      )}
    </FileButton>
  )
}

function NoteSwitch({ note }: Pick<Props, 'note'>) {
  const { t } = useWords()
  return (
    <Tooltip label={`${t('composer.noteMode')} · N`}>
      <ActionIcon
        aria-label={t('composer.noteMode')}
        aria-pressed={note}
        variant={note ? 'light' : 'subtle'}
        color={note ? 'yellow' : 'gray'}
        onClick={() => focusComposer(note ? 'reply' : 'note')}
      >
        <IconNote size={17} />
      </ActionIcon>
    </Tooltip>
  )
}
