import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { z } from 'zod'
import type { ChangeRecord } from '../../../contracts/privacy.ts'
import { formatMoment } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { marketChangesQuery } from '../data/market.ts'
import { useMe } from '../session/use-me.ts'
import styles from './market.module.css'
import { PagedRows } from './paged-rows.tsx'

const ACTS = [
  'market-lot.frozen',
  'market-lot.unfrozen',
  'market-lot.returned',
  'trader.frozen',
  'trader.unfrozen',
  'market-rules.published',
] as const

const After = z.object({ reason: z.string().optional(), version: z.number().optional() })

interface Props {
  readonly of?: { readonly lot?: string; readonly trader?: string }
  /** In a dialog: nothing stands beside anything. */
  readonly narrow?: boolean
}

/** What the staff did on the Market: who, what, why, newest first. */
export function Changes({ of = {}, narrow = false }: Props) {
  const { t } = useWords()
  const query = useInfiniteQuery(marketChangesQuery(of))
  return (
    <PagedRows
      query={query}
      empty={{ title: t('market.changes.empty'), hint: t('market.changes.emptyHint') }}
    >
      {(changes) => (
        <>
          {!narrow && (
            <div className={`${styles.row} ${styles.heads}`} data-of="change" aria-hidden>
              {(['who', 'what', 'why', 'when'] as const).map((column) => (
                <span key={column}>{t(`market.changes.column.${column}`)}</span>
              ))}
            </div>
          )}
          <ul className={styles.rows}>
            {changes.map((change) => (
              <ChangeRow key={change.id} change={change} narrow={narrow} />
            ))}
          </ul>
        </>
      )}
    </PagedRows>
  )
}

function ChangeRow({
  change: { at, actor, act, subject, after },
  narrow,
}: {
  change: ChangeRecord
  narrow: boolean
}) {
  const { t, locale } = useWords()
  const { may } = useMe()
  const known = ACTS.find((one) => one === act)
  const { reason, version } = After.catch({}).parse(after)
  const [, traderId] = /^party:(.+)$/.exec(subject) ?? []
  return (
    <li className={styles.row} data-of="change" data-narrow={narrow}>
      <span className={styles.what}>{actor}</span>
      <span>
        {known ? t(`market.changes.act.${known}`) : act}
        {traderId !== undefined && may('supervisor', 'admin') && !narrow && (
          <>
            {' · '}
            <Link to="/market/traders/$traderId" params={{ traderId }} className={styles.link}>
              {t('market.changes.trader')}
            </Link>
          </>
        )}
        {version !== undefined && (
          <>
            {' · '}
            <Link to="/market/rules" search={{ view: 'versions' }} className={styles.link}>
              {t('market.changes.rules', { version })}
            </Link>
          </>
        )}
      </span>
      <span className={styles.why}>{reason}</span>
      <span className={styles.dim}>{formatMoment(at, locale)}</span>
    </li>
  )
}
