import type { Entry } from '../../../contracts/entries.ts'
import { formatTime } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import styles from './timeline.module.css'

const KNOWN = [
  'linked',
  'unlinked',
  'door-left',
  'door-opened',
  'assigned',
  'handed-over',
  'claimed',
  'resolved',
  'reopened',
  'snoozed',
  'woken',
  'muted',
  'unmuted',
  'split',
  'joined',
  'topic-set',
  'proved',
] as const

/** Something that happened and was not said; unknown marks show their name rather than nothing. */
export function MarkLine({ entry }: { entry: Entry }) {
  const { t, locale } = useWords()
  if (entry.body?.type !== 'mark') return <div className={styles.mark}>{t('message.erased')}</div>
  const { mark } = entry.body
  const known = KNOWN.find((name) => name === mark)
  const text = known ? t(`marks.${known}`) : mark
  return (
    <div className={styles.mark}>
      {text}
      {entry.author.name && ` · ${entry.author.name}`} · {formatTime(entry.storedAt, locale)}
    </div>
  )
}
