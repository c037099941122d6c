import { Skeleton } from '@mantine/core'
import { useWords } from '../app/words.ts'
import styles from './inbox.module.css'

const WIDTHS = [62, 48, 71, 55, 66, 44, 58, 69]

/** The shape of the list while it loads. */
export function InboxSkeleton() {
  const { t } = useWords()
  return (
    <div className={styles.list} role="status" aria-label={t('states.loading')}>
      {WIDTHS.map((width) => (
        <div key={width} className={styles.row}>
          <Skeleton circle height={16} className={styles.mark} />
          <Skeleton height={12} width={`${width}%`} />
          <Skeleton height={10} width={40} />
          <Skeleton height={10} width={`${width + 20}%`} mt={8} />
        </div>
      ))}
    </div>
  )
}
