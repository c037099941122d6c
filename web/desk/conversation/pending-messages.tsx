import { IconAlertCircle, IconClock, IconPaperclip } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { useWords } from '../app/words.ts'
import { abandonMessage, repeatMessage } from '../composer/outbox.ts'
import styles from './timeline.module.css'
import type { Pending } from './use-pending.ts'

function Stuck({ id }: { id: string }) {
  const { t } = useWords()
  const { conversationId } = useParams({ from: '/inbox/$conversationId' })
  return (
    <>
      <span className={`${styles.fact} ${styles.warn}`}>
        <IconAlertCircle size={14} aria-hidden />
        {t('pending.stuck')}
      </span>
      <button type="button" className={styles.act} onClick={() => void repeatMessage(conversationId, id)}>
        {t('delivery.retry')}
      </button>
      <button type="button" className={styles.act} onClick={() => abandonMessage(conversationId, id)}>
        {t('pending.abandon')}
      </button>
    </>
  )
}

/** Messages that have not left yet, drawn where they will stand. */
export function PendingMessages({ pending }: { pending: readonly Pending[] }) {
  const { t } = useWords()
  return pending.map((one) => (
    <div key={one.id} className={styles.item} data-side="out" data-held="true">
      <div className={styles.bubble}>
        {one.author && <div className={styles.author}>{one.author}</div>}
        <p className={styles.text}>{one.text}</p>
        <div className={styles.meta}>
          {one.files > 0 && (
            <span className={styles.fact}>
              <IconPaperclip size={13} aria-hidden />
              {one.files}
            </span>
          )}
          {one.stuck ? (
            <Stuck id={one.id} />
          ) : (
            <span className={styles.fact}>
              <IconClock size={13} aria-hidden />
              {t(one.releaseAt ? 'pending.held' : 'pending.going')}
            </span>
          )}
        </div>
      </div>
    </div>
  ))
}
