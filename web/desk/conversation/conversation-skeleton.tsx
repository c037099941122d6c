import { Skeleton } from '@mantine/core'
import { useWords } from '../app/words.ts'
import styles from './conversation.module.css'

/** The shape of a talk while it loads. */
export function ConversationSkeleton() {
  const { t } = useWords()
  return (
    <div className={styles.loading} role="status" aria-label={t('states.loading')}>
      <Skeleton height={18} width={220} />
      <Skeleton height={44} width="46%" mt={24} radius={10} />
      <Skeleton height={64} width="52%" radius={10} />
      <Skeleton height={40} width="38%" ml="auto" radius={10} />
      <Skeleton height={52} width="48%" radius={10} />
    </div>
  )
}
