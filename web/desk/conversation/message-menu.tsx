import { ActionIcon, Menu } from '@mantine/core'
import { IconArrowsSplit, IconCopy, IconDots } from '@tabler/icons-react'
import type { Conversation } from '../../../contracts/conversations.ts'
import type { Item } from '../../shared/timeline/index.ts'
import { splitFrom } from '../actions/act.ts'
import { useWords } from '../app/words.ts'
import { say } from '../parts/say.ts'
import styles from './timeline.module.css'

/** What can be done with one entry. */
export function MessageMenu({ item, conversation }: { item: Item; conversation: Conversation }) {
  const { t } = useWords()
  const { entry, text } = item
  const splits = entry.kind === 'message' && entry.conversationId === conversation.id
  if (!text && !splits) return null
  const split = async () => {
    const number = await splitFrom(conversation.id, entry.laneId, entry.seq)
    if (number !== null) say(t('message.splitDone', { number }))
  }
  return (
    <Menu position="bottom" withinPortal>
      <Menu.Target>
        <ActionIcon className={styles.menu ?? ''} size={26} aria-label={t('message.menu')}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {text && (
          <Menu.Item
            leftSection={<IconCopy size={16} />}
            onClick={() => void navigator.clipboard.writeText(text)}
          >
            {t('message.copy')}
          </Menu.Item>
        )}
        {splits && (
          <Menu.Item leftSection={<IconArrowsSplit size={16} />} onClick={() => void split()}>
            {t('message.split')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
