import { Skeleton } from '@mantine/core'
import { IconChevronLeft, IconHistory } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import type { MarketRulesVersion } from '../../../../contracts/market.ts'
import { isProblem } from '../../../shared/api/index.ts'
import { formatMoment } from '../../../shared/format/index.ts'
import { useWords } from '../../app/words.ts'
import { marketRulesQuery } from '../../data/market.ts'
import { Empty, Failed } from '../../parts/states.tsx'
import settings from '../../settings/settings.module.css'
import styles from '../market.module.css'
import { RulesForm } from './rules-form.tsx'
import { Versions } from './versions.tsx'

/** The figures in force, edited as a form; who published which before. */
export function RulesPage() {
  const { t } = useWords()
  const { view } = useSearch({ from: '/market/rules' })
  const { data, error, isPending, refetch } = useQuery(marketRulesQuery)
  return (
    <>
      <div className={settings.head}>
        <h1>{t('market.part.rules')}</h1>
        {view === 'versions' ? (
          <Link to="/market/rules" className={styles.link}>
            <IconChevronLeft size={14} aria-hidden /> {t('market.rules.back')}
          </Link>
        ) : (
          <Link to="/market/rules" search={{ view: 'versions' }} className={styles.link}>
            <IconHistory size={14} aria-hidden /> {t('market.rules.versions')}
          </Link>
        )}
      </div>
      {view === 'versions' ? (
        <Versions />
      ) : isPending ? (
        <Skeleton height={320} aria-hidden />
      ) : data ? (
        <>
          <p className={styles.hint}>
            <InForce version={data} /> {t('market.rules.hint')}
          </p>
          <RulesForm inForce={data} />
        </>
      ) : isProblem(error, 'unavailable') ? (
        <Empty title={t('market.goneAway')} />
      ) : (
        <Failed error={error} retry={() => void refetch()} />
      )}
    </>
  )
}

function InForce({ version: { version, publishedAt, publishedBy } }: { version: MarketRulesVersion }) {
  const { t, locale } = useWords()
  return publishedAt === null
    ? `${t('market.rules.installed')}.`
    : `${t('market.rules.current', { version, at: formatMoment(publishedAt, locale), by: publishedBy })}.`
}
