import { formatDay } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { useNow } from '../parts/use-now.ts'
import styles from './catalogue.module.css'
import { type DraftItem, isChanged } from './draft.ts'

/** What is to be known of an offering at a glance: in words, colour only helps. */
export function Badges({ item, wrong }: { item: DraftItem; wrong: boolean }) {
  const { t, locale } = useWords()
  const now = useNow(60_000)
  const { terms, base } = item
  const { validFrom, validTo } = terms
  return (
    <>
      {wrong && (
        <span className={styles.badge} data-tone="red">
          {t('catalogue.badge.wrong')}
        </span>
      )}
      {base === null && (
        <span className={styles.badge} data-tone="accent">
          {t('catalogue.badge.isNew')}
        </span>
      )}
      {base !== null && isChanged(item) && (
        <span className={styles.badge} data-tone="accent">
          {t('catalogue.badge.changed')}
        </span>
      )}
      {terms.archived && <span className={styles.badge}>{t('catalogue.badge.archived')}</span>}
      {validFrom !== null && Date.parse(validFrom) > now && (
        <span className={styles.badge}>
          {t('catalogue.badge.from', { day: formatDay(validFrom, locale) })}
        </span>
      )}
      {validTo !== null && (
        <span className={styles.badge}>
          {Date.parse(validTo) > now
            ? t('catalogue.badge.until', { day: formatDay(validTo, locale) })
            : t('catalogue.badge.over')}
        </span>
      )}
    </>
  )
}
