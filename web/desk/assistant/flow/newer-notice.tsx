import { Button } from '@mantine/core'
import { type FlowDraft, flowDrafts } from '../draft-store.ts'
import { useAssistantWords } from '../words.ts'
import styles from './flow.module.css'

/** Somebody else kept a text while this one was written: one of the two is gone on with. */
export function NewerNotice({ draft: { base, newer } }: { draft: FlowDraft }) {
  const { t } = useAssistantWords()
  if (newer === null) return null
  return (
    <div className={styles.notice} role="alert">
      <p>{t('newer.told', { by: newer.changedBy, version: newer.version })}</p>
      <Button variant="default" onClick={() => flowDrafts.takeTheirs(base.key)}>
        {t('newer.takeTheirs')}
      </Button>
      <Button variant="default" onClick={() => flowDrafts.keepMine(base.key)}>
        {t('newer.keepMine')}
      </Button>
    </div>
  )
}
