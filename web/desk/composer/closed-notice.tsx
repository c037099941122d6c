import { Button, Tooltip } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import type { Conversation } from '../../../contracts/conversations.ts'
import { formatMoment } from '../../shared/format/index.ts'
import { reopen } from '../actions/act.ts'
import { useWords } from '../app/words.ts'
import { goOn } from '../inbox/go-on.ts'
import styles from './composer.module.css'

/** In place of the composer when the matter is closed: how it ended, and where to go on. */
export function ClosedNotice({ conversation }: { conversation: Conversation }) {
  const { t, locale } = useWords()
  const { id, resolvedAt, outcome, summaryNote } = conversation
  return (
    <div className={styles.closed}>
      <span>
        {t('closed.resolved', { at: resolvedAt ? formatMoment(resolvedAt, locale) : '' })}
        {outcome && ` · ${t(`outcome.${outcome}`)}`}
        {summaryNote && (
          <>
            <br />
            {summaryNote}
          </>
        )}
      </span>
      <Button variant="default" onClick={() => void reopen(id)}>
        {t('actions.reopen')}
      </Button>
      <Tooltip label={`${t('conversation.next')} · ]`}>
        <Button rightSection={<IconArrowRight size={15} />} onClick={goOn}>
          {t('conversation.next')}
        </Button>
      </Tooltip>
    </div>
  )
}
