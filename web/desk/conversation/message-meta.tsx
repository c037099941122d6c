import type { PersonLane } from '../../../contracts/conversations.ts'
import { formatMoment, formatTime } from '../../shared/format/index.ts'
import type { Item } from '../../shared/timeline/index.ts'
import { useWords } from '../app/words.ts'
import { DeliveryMark } from './delivery-mark.tsx'
import styles from './timeline.module.css'

interface Props {
  readonly item: Item
  readonly lane: PersonLane | undefined
  readonly showsEarlier: boolean
  readonly toggleEarlier: () => void
}

/** Small type under a message: when (by the provider's clock), late, edited, where its delivery stands. */
export function MessageMeta({ item, lane, showsEarlier, toggleEarlier }: Props) {
  const { t, locale } = useWords()
  const { entry } = item
  const isEdited = item.earlier.length > 0 || entry.attachments.some(({ replaced }) => replaced)
  const shownAt = entry.providerAt ?? entry.receivedAt
  const read = entry.direction === 'out' && lane !== undefined && entry.seq <= lane.lastReadSeq
  return (
    <div className={styles.meta}>
      {isEdited && !item.deleted && (
        <button type="button" className={styles.plain} onClick={toggleEarlier} aria-expanded={showsEarlier}>
          {t('message.edited')}
        </button>
      )}
      {entry.late && (
        <span
          className={styles.warn}
          title={t('message.lateHint', { at: formatMoment(entry.storedAt, locale) })}
        >
          {t('message.late')}
        </span>
      )}
      <time dateTime={shownAt} title={formatMoment(shownAt, locale)}>
        {formatTime(shownAt, locale)}
      </time>
      {entry.delivery && <DeliveryMark delivery={entry.delivery} read={read} />}
    </div>
  )
}
