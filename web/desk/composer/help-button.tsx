import { ActionIcon, Tooltip } from '@mantine/core'
import { IconBook2 } from '@tabler/icons-react'
import { useWords } from '../app/words.ts'
import { toggleHelp, useHelpShown } from '../knowledge/open-help.ts'

/** Opens the knowledge base beside the conversation. */
export function HelpButton() {
  const { t } = useWords()
  const shown = useHelpShown()
  return (
    <Tooltip label={`${t('help.name')} · H`}>
      <ActionIcon
        aria-label={t('help.name')}
        aria-expanded={shown}
        variant={shown ? 'light' : 'subtle'}
        onClick={toggleHelp}
      >
        <IconBook2 size={17} />
      </ActionIcon>
    </Tooltip>
  )
}
