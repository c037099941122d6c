import { useInfiniteQuery } from '@tanstack/react-query'
import i18next from 'i18next'
import { type ChangeRecord, privacy } from '../../../contracts/privacy.ts'
import { formatMoment } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import type { Words } from '../locales/words.ts'
import { type Difference, differences } from './differences.ts'
import { PagesTable } from './pages-table.tsx'
import styles from './settings.module.css'

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
      empty={t('changes.empty')}
      emptyHint={t('changes.emptyHint')}
      columns={[
        { head: t('audit.act'), cell: (one) => <Act record={one} /> },
        { head: t('audit.who'), cell: (one) => one.actor },
        { head: t('audit.at'), cell: (one) => formatMoment(one.at, locale) },
        {
          head: t('changes.changed'),
          cell: (one) =>
            differences(one.before, one.after).map((change) => <Field key={change.field} change={change} />),
        },
      ]}
    />
  )
}

type Named = Words['changes']
const isThing = (name: string): name is keyof Named['thing'] => i18next.exists(`changes.thing.${name}`)
const isDeed = (name: string): name is keyof Named['deed'] => i18next.exists(`changes.deed.${name}`)

/** What was done to what; an act that this page has no words for stands as it is kept. */
function Act({ record: { act, subject } }: { record: ChangeRecord }) {
  const { t } = useWords()
  const [thing = '', deed = ''] = act.split('.')
  const named = isThing(thing) ? t(`changes.thing.${thing}`) : thing
  const done = isDeed(deed) ? t(`changes.deed.${deed}`) : deed
  return (
    <>
      {named}
      {done && `: ${done}`}
      <div className={`${styles.dim} ${styles.code}`}>{subject}</div>
    </>
  )
}

function Field({ change: { field, from, to } }: { change: Difference }) {
  return (
    <div className={styles.difference}>
      {field && <span className={styles.dim}>{field}</span>}
      {from !== undefined && <del>{from}</del>}
      {to !== undefined && <ins>{to}</ins>}
    </div>
  )
}
