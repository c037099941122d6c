import { Popover, UnstyledButton } from '@mantine/core'
import { Reasons } from '../examples/reasons.tsx'
import { useAssistantWords } from '../words.ts'
import styles from './trial.module.css'

/** Why words were understood so: which intents they resemble, and which examples decided. */
export function Why({ text, intentTitle }: { text: string; intentTitle: (key: string) => string }) {
  const { t } = useAssistantWords()
  return (
    <Popover width={320} position="bottom-end" withinPortal>
      <Popover.Target>
        <UnstyledButton className={styles.why}>{t('trial.why')}</UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Reasons text={text} intentTitle={intentTitle} />
      </Popover.Dropdown>
    </Popover>
  )
}
