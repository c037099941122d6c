import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { formatMoment } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { catalogueVersionsQuery } from '../data/catalogue.ts'
import { Empty, Failed } from '../parts/states.tsx'
import styles from './catalogue.module.css'
import { DiffView, type Naming } from './diff-view.tsx'

/** Who published what and when, newest first; each opens to its diff. */
export function History(naming: Naming) {
  const { t, locale } = useWords()
  const query = useQuery(catalogueVersionsQuery)
  if (query.isPending) return <Skeleton height={160} />
  if (!query.data) return <Failed error={query.error} retry={() => void query.refetch()} />
  if (query.data.length === 0) {
    return <Empty title={t('catalogue.versions.empty')} hint={t('catalogue.versions.emptyHint')} />
  }
  return (
    <div className={styles.versions}>
      {query.data.map(({ version, publishedAt, publishedBy, diff }, index) => (
        <details key={version} className={styles.version}>
          <summary>
            <b>{t('catalogue.versions.title', { version })}</b>
            {index === 0 && (
              <span className={styles.badge} data-tone="accent">
                {t('catalogue.versions.current')}
              </span>
            )}
            <span className={styles.dim}>
              {formatMoment(publishedAt, locale)}, {publishedBy}
            </span>
            <span className={styles.counts}>
              {(['added', 'changed', 'withdrawn'] as const)
                .filter((part) => diff[part].length > 0)
                .map((part) => t(`catalogue.versions.${part}`, { count: diff[part].length }))
                .join(' · ')}
            </span>
          </summary>
          <DiffView diff={diff} {...naming} />
        </details>
      ))}
    </div>
  )
}
