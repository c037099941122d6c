import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { privacy } from '../../../contracts/privacy.ts'
import { formatMoment } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { PagesTable } from './pages-table.tsx'

/** Who looked at whom, and why. */
export function Accesses() {
  const { t, locale } = useWords()
  const query = useInfiniteQuery({
    queryKey: ['accesses'],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(privacy.listAccesses, { query: { limit: 50, ...(pageParam && { after: pageParam }) }, signal }),
    getNextPageParam: (page) => page.next,
  })
  return (
    <PagesTable
      title={t('sections.accesses')}
      query={query}
      columns={[
        { head: t('audit.at'), cell: (one) => formatMoment(one.at, locale) },
        { head: t('audit.who'), cell: (one) => one.agentName },
        { head: t('audit.act'), cell: (one) => one.act },
        { head: t('audit.reason'), cell: (one) => one.reason },
        { head: t('audit.address'), cell: (one) => one.address },
        {
          head: '',
          cell: (one) =>
            one.conversationId && (
              <Link
                to="/inbox/$conversationId"
                params={{ conversationId: one.conversationId }}
                search={{ view: 'all', state: 'open' }}
                style={{ color: 'var(--accent)' }}
              >
                {t('audit.open')}
              </Link>
            ),
        },
      ]}
    />
  )
}
