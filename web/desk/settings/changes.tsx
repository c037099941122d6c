import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import i18next from 'i18next'
import { type ChangeRecord, privacy } from '../../../contracts/privacy.ts'
import { formatMoment } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { channelsQuery } from '../data/knowledge.ts'
import { membersQuery } from '../data/session.ts'
import { type Difference, differences } from './differences.ts'
import { nameOfSubject } from './name-of-subject.ts'
import { PagesTable } from './pages-table.tsx'
import { type FindWords, fieldWords, valueWords } from './say-change.ts'
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
            differences(one.before, one.after).map((change) => (
              <Field key={change.path.join('.')} change={change} />
            )),
        },
      ]}
    />
  )
}

const findWords: FindWords = (key) => {
  const found: unknown = i18next.getResource(i18next.language, 'translation', key)
  return typeof found === 'string' ? found : undefined
}

/** What was done to what; an act that this page has no words for stands as it is kept. */
function Act({ record }: { record: ChangeRecord }) {
  const members = useQuery(membersQuery).data ?? []
  const channels = useQuery(channelsQuery).data ?? []
  // Links and proofs of doors are kept by one word.
  const [thing = '', deed = ''] = record.act.replace(/^contact-point-/, 'contact-point.').split('.')
  const subject = nameOfSubject(record, { member: members, 'channel-account': channels })
  return (
    <>
      {findWords(`changes.thing.${thing}`) ?? thing}
      {deed && `: ${findWords(`changes.deed.${deed}`) ?? deed}`}
      {subject && (
        <div className={subject.known ? styles.dim : `${styles.dim} ${styles.code}`}>{subject.name}</div>
      )}
    </>
  )
}

function Field({ change: { path, from, to } }: { change: Difference }) {
  const { locale } = useWords()
  const say = (value: unknown) => valueWords(path, value, findWords, locale)
  return (
    <div className={styles.difference}>
      {path.length > 0 && <span className={styles.dim}>{fieldWords(path, findWords)}</span>}
      {from !== undefined && <del>{say(from)}</del>}
      {to !== undefined && <ins>{say(to)}</ins>}
    </div>
  )
}
