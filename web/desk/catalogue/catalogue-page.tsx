import { Skeleton } from '@mantine/core'
import { IconChevronLeft, IconHistory } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import type { Catalogue } from '../../../contracts/catalogue.ts'
import { formatMoment } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { catalogueQuery } from '../data/catalogue.ts'
import { Empty, Failed } from '../parts/states.tsx'
import { useMe } from '../session/use-me.ts'
import styles from './catalogue.module.css'
import type { Draft, DraftItem } from './draft.ts'
import { DraftBar, StaleNotice } from './draft-bar.tsx'
import { catalogueDraft, useDraft } from './draft-store.ts'
import { problemFaults, schemaFaults } from './faults.ts'
import { History } from './history.tsx'
import { OfferingEditor } from './offering-editor.tsx'
import { OfferingList } from './offering-list.tsx'
import { Preview } from './preview.tsx'
import { useCatalogueView } from './use-catalogue-view.ts'
import { usePreview } from './use-preview.ts'
import { useScrollPlace } from './use-scroll-place.ts'

/** Places of what is on its way. */
const ROWS = [1, 2, 3, 4, 5, 6]

/** The catalogue and its editor: a draft in memory, looked at before it is published. */
export function CataloguePage() {
  const { me } = useMe()
  const query = useQuery(catalogueQuery)
  const { draft } = useDraft()
  const memberId = me?.member.id
  useEffect(() => {
    if (memberId && query.data) catalogueDraft.receive(memberId, query.data)
  }, [memberId, query.data])
  if (query.data && draft) return <Workshop catalogue={query.data} draft={draft} />
  if (query.error) return <Failed error={query.error} retry={() => void query.refetch()} />
  return (
    <div aria-hidden>
      <Skeleton height={22} width={140} mb={16} />
      {ROWS.map((row) => (
        <Skeleton key={row} height={48} mb={8} />
      ))}
    </div>
  )
}

function Workshop({ catalogue, draft }: { catalogue: Catalogue; draft: Draft }) {
  const { t, locale } = useWords()
  const { view, kind, key, go } = useCatalogueView()
  const preview = usePreview(draft)
  const all = useMemo(() => draft.items.map(({ terms }) => terms), [draft])
  const titles = useMemo(() => new Map(all.map(({ code, title }) => [code, title[locale]])), [all, locale])
  const titleOf = (code: string) => titles.get(code) || code
  const isForAll = (code: string) => all.some((terms) => terms.code === code && terms.kind === 'zone')
  const problems = preview.data?.problems ?? []
  const faultsOf = (item: DraftItem) => [
    ...schemaFaults(item, t),
    ...problemFaults(item.terms, problems, { t, locale, titleOf }),
  ]
  const item = draft.items.find((one) => one.key === key)
  const top = useScrollPlace<HTMLDivElement>(`${view ?? kind} ${key ?? ''}`, view === undefined)
  return (
    <div ref={top} className={styles.workshop}>
      <Head catalogue={catalogue} />
      <StaleNotice catalogue={catalogue} titleOf={titleOf} />
      {view === undefined && <OfferingList draft={draft} isWrong={(one) => faultsOf(one).length > 0} />}
      {view === 'offering' &&
        (item ? (
          <OfferingEditor
            key={item.key}
            item={item}
            faults={faultsOf(item)}
            all={all}
            leave={() => go({ kind }, true)}
          />
        ) : (
          <Empty title={t('catalogue.gone')} />
        ))}
      {view === 'preview' && (
        <Preview draft={draft} preview={preview} faultsOf={faultsOf} titleOf={titleOf} isForAll={isForAll} />
      )}
      {view === 'history' && <History titleOf={titleOf} isForAll={isForAll} />}
      {view !== 'preview' && view !== 'history' && <DraftBar catalogue={catalogue} />}
    </div>
  )
}

function Head({ catalogue }: { catalogue: Catalogue }) {
  const { t, locale } = useWords()
  const { view, kind } = useCatalogueView()
  const { version, publishedAt, publishedBy } = catalogue
  return (
    <div className={styles.head}>
      <div>
        {view !== undefined && (
          <Link to="/settings/catalogue" search={{ kind }} className={styles.back}>
            <IconChevronLeft size={14} aria-hidden /> {t('catalogue.back')}
          </Link>
        )}
        {view === undefined && <h1>{t('sections.catalogue')}</h1>}
        {view === 'preview' && <h1>{t('catalogue.preview.title')}</h1>}
        {view === 'history' && <h1>{t('catalogue.history')}</h1>}
        {view === undefined && (
          <p className={styles.dim}>
            {version === 0
              ? t('catalogue.noVersion')
              : t('catalogue.versionLine', {
                  version,
                  at: formatMoment(publishedAt, locale),
                  by: publishedBy,
                })}
          </p>
        )}
      </div>
      {view === undefined && version > 0 && (
        <Link to="/settings/catalogue" search={{ kind, view: 'history' }} className={styles.inlineLink}>
          <IconHistory size={14} aria-hidden /> {t('catalogue.history')}
        </Link>
      )}
    </div>
  )
}
