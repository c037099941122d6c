import { type MarketRules, type MarketRulesVersion, marketConsole } from '../../../../contracts/market.ts'
import { useWords } from '../../app/words.ts'
import { call } from '../../data/api.ts'
import { marketRulesQuery } from '../../data/market.ts'
import { queryClient } from '../../data/query-client.ts'
import { Dialog } from '../../parts/dialog.tsx'
import { say } from '../../parts/say.ts'
import styles from '../market.module.css'
import { RulesDiff } from './rules-diff.tsx'

interface Props {
  readonly inForce: MarketRulesVersion
  readonly next: MarketRules
  readonly published: () => void
  readonly close: () => void
}

/** What would change on the Market, figure by figure, and the button that does it. */
export function PublishDialog({ inForce, next, published, close }: Props) {
  const { t } = useWords()
  const publish = async () => {
    try {
      const version = await call(marketConsole.publishMarketRules, {
        body: { basedOn: inForce.version, rules: next },
      })
      queryClient.setQueryData(marketRulesQuery.queryKey, version)
      published()
      say(t('market.rules.published', { version: version.version }))
    } finally {
      // Also when somebody else was first: the form then stands on what they published, and says so.
      void queryClient.invalidateQueries({ queryKey: ['market'] })
    }
  }
  return (
    <Dialog title={t('market.rules.title')} word={t('market.rules.publish')} close={close} act={publish}>
      <p className={styles.lead}>{t('market.rules.will')}</p>
      <RulesDiff before={inForce.rules} after={next} />
    </Dialog>
  )
}
