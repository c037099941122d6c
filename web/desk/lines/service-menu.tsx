import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useWords } from '../app/words.ts'

/** What else can be done about a paid subscription. */
export function ServiceMenu({ name, refund }: { name: string; refund: () => void }) {
  const { t } = useWords()
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size={24} aria-label={t('lines.more', { name })}>
          <IconDots size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={refund}>{t('lines.act.refund-content')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
