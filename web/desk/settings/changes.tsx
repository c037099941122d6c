import { useInfiniteQuery } from '@tanstack/react-query'
import { privacy } from '../../../contracts/privacy.ts'
import { formatMoment } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { PagesTable } from './pages-table.tsx'
import styles from './settings.module.css'

const show = (value: unknown) => (value === null || value === undefined ? '' : JSON.stringify(value, null, 1))

/** Every change of settings, staff, doors and rules. */
export function Changes() {
  const { t, locale } = useWords()
  const query = useInfiniteQuery({
    queryKey: ['changes'],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(privacy.listChanges, { query: { limit: 50, ...(pageParam && { after: pageParam }) }, signal }),
    getNextPageParam: (page) => page.next,
  })
  return (
    <PagesTable
      title={t('sections.changes')}
      query={query}
      columns={[
        { head: t('audit.at'), cell: (one) => formatMoment(one.at, locale) },
        { head: t('audit.who'), cell: (one) => one.actor },
        { head: t('audit.act'), cell: (one) => one.act },
        { head: t('audit.subject'), cell: (one) => one.subject },
        { head: t('audit.before'), cell: (one) => <span className={styles.code}>{show(one.before)}</span> },
        { head: t('audit.after'), cell: (one) => <span className={styles.code}>{show(one.after)}</span> },
      ]}
    />
  )
}
