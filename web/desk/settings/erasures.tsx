import { useInfiniteQuery } from '@tanstack/react-query'
import { privacy } from '../../../contracts/privacy.ts'
import { formatMoment } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { PagesTable } from './pages-table.tsx'

/** Reports of destructions: how much, why, by whom; no personal data in them. */
export function Erasures() {
  const { t, locale } = useWords()
  const query = useInfiniteQuery({
    queryKey: ['erasures'],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(privacy.listErasures, { query: { limit: 50, ...(pageParam && { after: pageParam }) }, signal }),
    getNextPageParam: (page) => page.next,
  })
  return (
    <PagesTable
      title={t('sections.erasures')}
      query={query}
      empty={t('erasures.empty')}
      columns={[
        {
          head: t('audit.at'),
          cell: (one) => (one.finishedAt ? formatMoment(one.finishedAt, locale) : t('erasures.running')),
        },
        { head: t('erasures.by'), cell: (one) => one.requestedBy },
        { head: t('erasures.reason'), cell: (one) => one.reason },
        {
          head: t('erasures.counts'),
          cell: (one) =>
            Object.entries(one.counts)
              .map(([what, count]) => `${what} ${count}`)
              .join(' · '),
        },
      ]}
    />
  )
}
