import { useInfiniteQuery } from '@tanstack/react-query'
import { privacy } from '../../../contracts/privacy.ts'
import { formatMoment } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { FindPerson } from './find-person.tsx'
import { PagesTable } from './pages-table.tsx'
import styles from './settings.module.css'

const RETENTION = 'retention'

/** What was destroyed, in words; names that this desk does not know yet stand as they are. */
function useCounts() {
  const { t } = useWords()
  return (counts: Readonly<Record<string, number>>): string => {
    const named = Object.entries(counts).filter(([, count]) => count > 0)
    if (named.length === 0) return t('privacy.nothingLeft')
    return named
      .map(([what, count]) => `${t(`privacy.counts.${what}`, { defaultValue: what })}\u00a0${count}`)
      .join(' · ')
  }
}

/** Finding a person to export or erase, and reports of destructions: how much, why, by whom; no personal data in them. */
export function Erasures() {
  const { t, locale } = useWords()
  const countsOf = useCounts()
  const query = useInfiniteQuery({
    queryKey: ['erasures'],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(privacy.listErasures, { query: { limit: 50, ...(pageParam && { after: pageParam }) }, signal }),
    getNextPageParam: (page) => page.next,
  })
  // What the rules of retention destroy by themselves bears their name.
  const byWhom = (name: string) => (name === RETENTION ? t('privacy.byRetention') : name)
  const why = ({ requestedBy, reason }: { requestedBy: string; reason: string }) =>
    requestedBy === RETENTION ? t('privacy.byRetentionReason') : reason
  return (
    <PagesTable
      title={t('sections.erasures')}
      above={
        <>
          <FindPerson />
          <h2 className={styles.part}>{t('privacy.reports')}</h2>
        </>
      }
      query={query}
      empty={t('erasures.empty')}
      columns={[
        {
          head: t('audit.at'),
          cell: (one) => (one.finishedAt ? formatMoment(one.finishedAt, locale) : t('erasures.running')),
        },
        { head: t('erasures.by'), cell: (one) => byWhom(one.requestedBy) },
        { head: t('erasures.reason'), cell: (one) => why(one) },
        { head: t('erasures.counts'), cell: (one) => countsOf(one.counts) },
      ]}
    />
  )
}
