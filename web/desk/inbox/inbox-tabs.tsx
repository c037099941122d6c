import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formatCount } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { countersQuery, type InboxFilter, isNarrowed } from '../data/inbox.ts'
import styles from './inbox.module.css'
import { useInboxFilter } from './use-inbox-filter.ts'

const VIEWS: readonly InboxFilter['view'][] = ['mine', 'unassigned', 'all']

/** Mine, nobody's, all; with how many are open in each, unless a filter is on: a tab promises no more than its list shows. */
export function InboxTabs() {
  const { t } = useWords()
  const { filter } = useInboxFilter()
  const counters = useQuery(countersQuery).data
  return (
    <nav className={styles.tabs} aria-label={t('inbox.views')}>
      {VIEWS.map((view) => (
        <Link
          key={view}
          to="/inbox"
          search={{ ...filter, view }}
          className={styles.tab}
          data-on={filter.view === view}
          aria-current={filter.view === view ? 'page' : undefined}
        >
          {t(`inbox.${view}`)}
          {counters && !isNarrowed(filter) && (
            <span className={styles.count}>{formatCount(counters[view].open)}</span>
          )}
        </Link>
      ))}
    </nav>
  )
}
