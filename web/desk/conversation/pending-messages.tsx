import { IconAlertCircle, IconClock, IconPaperclip } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { useWords } from '../app/words.ts'
import { outbox } from '../composer/outbox.ts'
import styles from './timeline.module.css'
import type { Pending } from './use-pending.ts'

/** Why it has not left, and what one can do. What got no answer is repeated by itself. */
function Waiting({ one }: { one: Pending }) {
  const { t } = useWords()
  const { conversationId } = useParams({ from: '/inbox/$conversationId' })
  const refused = one.state === 'refused'
  return (
    <>
      <span className={`${styles.fact} ${refused ? styles.bad : styles.warn}`}>
        <IconAlertCircle size={14} aria-hidden />
        {t(refused ? 'pending.refused' : 'pending.stuck')}
      </span>
      {!refused && (
        <button type="button" className={styles.act} onClick={() => outbox.nudge()}>
          {t('delivery.retry')}
        </button>
      )}
      <button type="button" className={styles.act} onClick={() => outbox.abandon(conversationId, one.id)}>
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
          {one.state === 'held' || one.state === 'going' ? (
            <span className={styles.fact}>
              <IconClock size={13} aria-hidden />
              {t(`pending.${one.state}`)}
            </span>
          ) : (
            <Waiting one={one} />
          )}
        </div>
      </div>
    </div>
  ))
}
