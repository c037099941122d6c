import { Button, Skeleton, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Failed } from '../parts/states.tsx'
import { intentsQuery } from './data.ts'
import { Confusions } from './examples/confusions.tsx'
import styles from './examples/examples.module.css'
import { IntentExamples } from './examples/intent-examples.tsx'
import { NewIntentDialog } from './examples/new-intent-dialog.tsx'
import { TrainingBar } from './examples/training-bar.tsx'
import { TryPhrase } from './examples/try-phrase.tsx'
import { useAssistantWords } from './words.ts'

/** So few understood are worth a look first. */
const LOW = 0.5

/** What the assistant understands: intents beside the examples of the chosen one, or beside what is confused with what. */
export function ExamplesPage() {
  const { t, locale } = useAssistantWords()
  const { intentKey } = useParams({ strict: false })
  const [needle, setNeedle] = useState('')
  const [adding, setAdding] = useState(false)
  const query = useQuery(intentsQuery)
  if (query.isPending) return <Skeleton height={320} aria-hidden />
  if (!query.data) return <Failed error={query.error} retry={() => void query.refetch()} />
  const all = [...query.data].sort((a, b) => a.title[locale].localeCompare(b.title[locale], locale))
  const titleOf = (key: string) => all.find((one) => one.key === key)?.title[locale] ?? key
  const matches = (text: string) => text.toLowerCase().includes(needle.trim().toLowerCase())
  const shown = all.filter(({ key, title }) => matches(key) || matches(title.ru) || matches(title.en))
  return (
    <>
      <TrainingBar />
      <div className={styles.split} data-inside={intentKey !== undefined}>
        <section className={styles.intents} aria-label={t('examples.intents')}>
          <div className={styles.top}>
            <h1 className={styles.heading}>{t('examples.intents')}</h1>
            <Button
              variant="default"
              size="xs"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => setAdding(true)}
            >
              {t('newIntent.title')}
            </Button>
          </div>
          <TextInput
            aria-label={t('examples.find')}
            placeholder={t('examples.find')}
            value={needle}
            onChange={(event) => setNeedle(event.currentTarget.value)}
          />
          <ul className={styles.list}>
            {shown.map(({ key, title, examples, understood }) => (
              <li key={key}>
                <Link
                  to="/assistant/examples/$intentKey"
                  params={{ intentKey: key }}
                  className={styles.intent}
                >
                  <span>{title[locale]}</span>
                  <span className={styles.dim}>
                    <span className="numeric">{t('examples.count', { count: examples })}</span>
                    {understood !== null && (
                      <span className={styles.share} data-low={understood < LOW}>
                        {Math.round(understood * 100)}&nbsp;%
                      </span>
                    )}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
        <div className={styles.side}>
          {intentKey === undefined ? (
            <>
              <TryPhrase intentTitle={titleOf} />
              <Confusions intents={all} />
            </>
          ) : (
            <IntentExamples key={intentKey} intentKey={intentKey} intents={all} />
          )}
        </div>
      </div>
      {adding && (
        <NewIntentDialog taken={new Set(all.map(({ key }) => key))} close={() => setAdding(false)} />
      )}
    </>
  )
}
