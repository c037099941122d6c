import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { MarketRulesVersion } from '../../../../contracts/market.ts'
import { formatMoment } from '../../../shared/format/index.ts'
import { useWords } from '../../app/words.ts'
import { marketVersionsQuery } from '../../data/market.ts'
import { Empty, Failed } from '../../parts/states.tsx'
import market from '../market.module.css'
import styles from './rules.module.css'
import { RulesDiff } from './rules-diff.tsx'
import { differences } from './rules-draft.ts'

/** Who published which figures and when, newest first; each opens to what it changed. */
export function Versions() {
  const { t } = useWords()
  const query = useQuery(marketVersionsQuery)
  if (query.isPending) return <Skeleton height={160} aria-hidden />
  if (!query.data) return <Failed error={query.error} retry={() => void query.refetch()} />
  if (query.data.length === 0)
    return <Empty title={t('market.rules.noVersions')} hint={t('market.rules.noVersionsHint')} />
  const versions = query.data
  return (
    <div className={styles.versions}>
      {versions.map((version, index) => (
        <Version
          key={version.version}
          version={version}
          before={versions[index + 1]}
          isInForce={index === 0}
        />
      ))}
    </div>
  )
}

interface Props {
  readonly version: MarketRulesVersion
  readonly before: MarketRulesVersion | undefined
  readonly isInForce: boolean
}

function Version({ version: { version, publishedAt, publishedBy, rules }, before, isInForce }: Props) {
  const { t, locale } = useWords()
  const count = before ? differences(before.rules, rules).length : 0
  return (
    <details className={styles.version}>
      <summary>
        <b>{t('market.rules.version', { version })}</b>
        {isInForce && <span className={market.mark}>{t('market.rules.inForce')}</span>}
        <span className={market.dim}>
          {publishedAt && formatMoment(publishedAt, locale)}, {publishedBy}
        </span>
        {before && <span className={market.dim}>{t('market.rules.changes', { count })}</span>}
      </summary>
      {before ? (
        <RulesDiff before={before.rules} after={rules} />
      ) : (
        version === 1 && <p className={market.quiet}>{t('market.rules.firstVersion')}</p>
      )}
    </details>
  )
}
