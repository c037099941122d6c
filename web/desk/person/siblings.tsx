import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formatShort } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { siblingsQuery } from '../data/conversation.ts'
import { useInboxFilter } from '../inbox/use-inbox-filter.ts'
import styles from './card.module.css'

/** Other matters of the same person. */
export function Siblings({ conversationId }: { conversationId: string }) {
  const { t, locale } = useWords()
  const { filter } = useInboxFilter()
  const siblings = useQuery(siblingsQuery(conversationId)).data
  if (!siblings || siblings.length === 0) return null
  return (
    <>
      <h4 className={styles.head}>{t('card.siblings')}</h4>
      {siblings.map((one) => (
        <Link
          key={one.id}
          to="/inbox/$conversationId"
          params={{ conversationId: one.id }}
          search={filter}
          className={styles.sibling}
        >
          <span className={styles.oneLine}>
            {one.preview || t(one.previewOf === null ? 'inbox.noPreview' : `inbox.sent.${one.previewOf}`)}
          </span>
          <span className={styles.small}>
            {t('inbox.number', { number: one.number })} · {t(`one.${one.state}`)} ·{' '}
            {formatShort(one.lastActivityAt, locale)}
          </span>
        </Link>
      ))}
    </>
  )
}
