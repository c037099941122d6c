import { ActionIcon, Button, FileButton, Menu, Tooltip } from '@mantine/core'
import { IconChevronDown, IconNote, IconPaperclip, IconSend2, IconSlash } from '@tabler/icons-react'
import type { Conversation, PersonLane } from '../../../contracts/conversations.ts'
import { usePreference, writePreference } from '../app/preferences.ts'
import { useWords } from '../app/words.ts'
import type { Room } from './check-reply.ts'
import styles from './composer.module.css'
import type { DraftContent } from './draft-keeper.ts'
import { focusComposer } from './focus.ts'
import { HelpButton } from './help-button.tsx'
import { LaneMenu } from './lane-menu.tsx'

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
  const sendBy = usePreference('sendBy') === 'ctrl-enter' ? 'ctrl-enter' : 'enter'
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
      <HelpButton />
      {carriesFiles && (
        <FileButton multiple onChange={onFiles}>
          {(props) => (
            <Tooltip label={t('composer.attach')}>
              <ActionIcon {...props} aria-label={t('composer.attach')}>
                <IconPaperclip size={17} />
              </ActionIcon>
            </Tooltip>
          )}
        </FileButton>
      )}
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
      <div className={styles.send}>
        <Button
          size="xs"
          className={styles.sendNow ?? ''}
          disabled={!ready}
          onClick={onSend}
          leftSection={<IconSend2 size={15} />}
        >
          {t(note ? 'composer.addNote' : 'composer.send')}
        </Button>
        <Menu position="top-end">
          <Menu.Target>
            <Button
              size="xs"
              px={6}
              aria-label={t('composer.sendBy')}
              className={`${styles.hideSmall} ${styles.sendBy}`}
              variant="light"
            >
              <IconChevronDown size={14} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t('composer.sendBy')}</Menu.Label>
            {(['enter', 'ctrl-enter'] as const).map((way) => (
              <Menu.Item
                key={way}
                onClick={() => writePreference('sendBy', way)}
                aria-current={way === sendBy}
              >
                {way === sendBy ? '✓ ' : ''}
                {t(`composer.by.${way}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
    </div>
  )
}
