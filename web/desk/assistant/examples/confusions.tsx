import { Skeleton } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Failed } from '../../parts/states.tsx'
import { confusionsQuery } from '../data.ts'
import { useAssistantWords } from '../words.ts'
import styles from './examples.module.css'

const MOST_SHOWN = 40

/** Which intents are taken for one another, by examples that the model had not seen; the worst pairs first. */
export function Confusions({ intentTitle }: { intentTitle: (key: string) => string }) {
  const { t } = useAssistantWords()
  const query = useQuery(confusionsQuery)
  if (query.isPending) return <Skeleton height={240} aria-hidden />
  if (!query.data) return <Failed error={query.error} retry={() => void query.refetch()} />
  const most = query.data[0]?.count ?? 1
  return (
    <section aria-label={t('confusions.title')}>
      <h2 className={styles.heading}>{t('confusions.title')}</h2>
      <p className={styles.dim}>{t('confusions.hint')}</p>
      {query.data.length === 0 && <p className={styles.dim}>{t('confusions.none')}</p>}
      <ul className={styles.confusions}>
        {query.data.slice(0, MOST_SHOWN).map(({ intent, understoodAs, count, texts }) => (
          <li key={`${intent} ${understoodAs}`}>
            <details>
              <summary>
                <span className={styles.pair}>
                  {intentTitle(intent)}
                  <IconArrowRight size={14} aria-label={t('confusions.takenFor')} />
                  {intentTitle(understoodAs)}
                </span>
                <span className={styles.count}>
                  <span className={styles.countBar} style={{ width: `${(count / most) * 100}%` }} />
                  <span className="numeric">{count}</span>
                </span>
              </summary>
              <ul className={styles.texts}>
                {texts.map((text) => (
                  <li key={text}>{text}</li>
                ))}
              </ul>
              <p className={styles.links}>
                {[intent, understoodAs].map((key) => (
                  <Link key={key} to="/assistant/examples/$intentKey" params={{ intentKey: key }}>
                    {intentTitle(key)}
                  </Link>
                ))}
              </p>
            </details>
          </li>
        ))}
      </ul>
    </section>
  )
}
