import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { assistantExamples } from '../../../../contracts/assistant-examples.ts'
import { formatShare } from '../../../shared/format/index.ts'
import { call } from '../../data/api.ts'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { useAssistantWords } from '../words.ts'
import styles from './examples.module.css'

/** What a phrase is taken for, how surely, and because of which examples. */
export function Reasons({ text, intentTitle }: { text: string; intentTitle: (key: string) => string }) {
  const { t, locale } = useAssistantWords()
  const query = useQuery({
    queryKey: ['assistant-understanding', text],
    queryFn: ({ signal }) => call(assistantExamples.tryUnderstanding, { body: { text }, signal }),
  })
  if (query.isPending) return <Skeleton height={120} />
  if (!query.data) return <ProblemLine error={query.error} />
  const { verdict, intents, because } = query.data
  return (
    <div className={styles.reasons}>
      <p className={styles.verdict} data-verdict={verdict}>
        {t(`verdict.${verdict}`)}
      </p>
      <ul className={styles.bars}>
        {intents.slice(0, 4).map(({ intent, confidence }) => (
          <li key={intent}>
            <span>{intentTitle(intent)}</span>
            <span className="numeric">{formatShare(confidence, locale)}</span>
            <span className={styles.bar} style={{ width: `${100 * confidence}%` }} />
          </li>
        ))}
      </ul>
      {because.length > 0 && (
        <>
          <p className={styles.dim}>{t('examples.because')}</p>
          <ul className={styles.because}>
            {because.map((one) => (
              <li key={one.text}>
                <span>{one.text}</span>
                <span className="numeric">{formatShare(one.share, locale)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
