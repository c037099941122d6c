import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconSend2 } from '@tabler/icons-react'
import { usePreference, writePreference } from '../app/preferences.ts'
import { useWords } from '../app/words.ts'
import styles from './composer.module.css'

interface Props {
  readonly note: boolean
  readonly ready: boolean
  readonly onSend: () => void
}

/** Send, and beside it by which keys one sends. */
export function SendButton({ note, ready, onSend }: Props) {
  const { t } = useWords()
  return (
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
      <SendByMenu />
    </div>
  )
}

function SendByMenu() {
  const { t } = useWords()
  const sendBy = usePreference('sendBy') === 'ctrl-enter' ? 'ctrl-enter' : 'enter'
  return (
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
          <Menu.Item key={way} onClick={() => writePreference('sendBy', way)} aria-current={way === sendBy}>
            {way === sendBy ? '✓ ' : ''}
            {t(`composer.by.${way}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
