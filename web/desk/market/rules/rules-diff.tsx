import { IconArrowRight } from '@tabler/icons-react'
import type { MarketRules } from '../../../../contracts/market.ts'
import { useWords } from '../../app/words.ts'
import { valueAt } from './rule-fields.ts'
import styles from './rules.module.css'
import { differences } from './rules-draft.ts'
import { ruleName, sayValue } from './say-rule.ts'

/** How two versions of the rules differ: what each figure was and what it is then. */
export function RulesDiff({ before, after }: { before: MarketRules; after: MarketRules }) {
  const { t, locale } = useWords()
  return (
    <dl className={styles.diff}>
      {differences(before, after).map((path) => (
        <div key={path}>
          <dt>{ruleName(path, t)}</dt>
          <dd>
            <span className="visually-hidden">{t('market.rules.was')} </span>
            <del>{sayValue(path, valueAt(before, path), t, locale)}</del>
            <IconArrowRight size={14} aria-hidden />
            <span className="visually-hidden">{t('market.rules.will_be')} </span>
            <ins>{sayValue(path, valueAt(after, path), t, locale)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  )
}
