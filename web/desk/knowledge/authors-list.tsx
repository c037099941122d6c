import { Skeleton } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ArticleRow, ArticleState } from '../../../contracts/articles.ts'
import { formatMoment } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { editedArticlesQuery } from '../data/articles.ts'
import { MoreButton } from '../parts/more-button.tsx'
import { Empty, Failed } from '../parts/states.tsx'
import styles from './knowledge.module.css'

const STATES = ['published', 'draft', 'retired'] as const satisfies readonly ArticleState[]

/** What authors have written: in force, not yet, no more. */
export function AuthorsList({ chosen }: { chosen: string | undefined }) {
  const { t } = useWords()
  const [state, setState] = useState<ArticleState>('published')
  const query = useInfiniteQuery(editedArticlesQuery(state))
  const rows = query.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: three toggles are no form */}
      <div className={styles.filters} role="group" aria-label={t('help.states')}>
        {STATES.map((one) => (
          <button
            key={one}
            type="button"
            className={styles.filter}
            aria-pressed={one === state}
            onClick={() => setState(one)}
          >
            {t(`help.state.${one}`)}
          </button>
        ))}
      </div>
      <div className={styles.results}>
        {query.isPending && <Skeleton height={240} m={12} />}
        {query.error && !query.data && <Failed error={query.error} retry={() => void query.refetch()} />}
        {query.data && rows.length === 0 && <Empty title={t(`help.none.${state}`)} />}
        <ul className={styles.list}>
          {rows.map((row) => (
            <Row key={row.id} row={row} chosen={row.id === chosen} />
          ))}
        </ul>
        <MoreButton query={query} m={12} />
      </div>
    </>
  )
}

function Row({ row, chosen }: { row: ArticleRow; chosen: boolean }) {
  const { t, locale } = useWords()
  return (
    <li>
      <Link
        to="/knowledge/edit/$articleId"
        params={{ articleId: row.id }}
        className={styles.item}
        aria-current={chosen}
      >
        {row.title}
        <small>
          {[
            row.state === 'published' && row.unpublished && t('help.newer'),
            row.audience === 'agents' && t('help.agentsOnly'),
            row.languages.length < 2 && t(`help.only.${row.languages[0] ?? 'ru'}`),
            `${row.changedBy}, ${formatMoment(row.changedAt, locale)}`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </Link>
    </li>
  )
}
