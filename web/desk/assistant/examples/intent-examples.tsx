import { Button, Skeleton } from '@mantine/core'
import { IconChevronLeft } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { z } from 'zod'
import type { AssistantIntent as Intent } from '../../../../contracts/assistant-examples.ts'
import type { Locale } from '../../../../contracts/primitives.ts'
import { isProblem } from '../../../shared/api/index.ts'
import { MoreButton } from '../../parts/more-button.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { Failed } from '../../parts/states.tsx'
import { examplesQuery } from '../data.ts'
import { useAssistantWords } from '../words.ts'
import { AddExample } from './add-example.tsx'
import { ExampleRow } from './example-row.tsx'
import styles from './examples.module.css'
import { IntentDialog } from './intent-dialog.tsx'
import { useTeaching } from './use-teaching.ts'

const Elsewhere = z.object({ intent: z.string() })

/** The intent that has these words already, if that was the trouble. */
function titleOfOther(error: unknown, intents: readonly Intent[], locale: Locale): string | null {
  const facts = isProblem(error, 'conflict') ? Elsewhere.safeParse(error.facts).data : undefined
  return facts ? (intents.find(({ key }) => key === facts.intent)?.title[locale] ?? facts.intent) : null
}

/** The examples of an intent: added, moved to another, taken away and back. */
export function IntentExamples({ intentKey, intents }: { intentKey: string; intents: readonly Intent[] }) {
  const { t, locale } = useAssistantWords()
  const { teach, removed, remove, move, putBack, failure } = useTeaching(intentKey)
  const query = useInfiniteQuery(examplesQuery(intentKey))
  const [editing, setEditing] = useState(false)
  const intent = intents.find(({ key }) => key === intentKey)
  const title = intent?.title[locale] ?? intentKey
  const elsewhere = titleOfOther(failure, intents, locale)
  const examples = query.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <section aria-label={title}>
      <Link to="/assistant/examples" className={styles.back}>
        <IconChevronLeft size={14} aria-hidden /> {t('examples.toConfusions')}
      </Link>
      <div className={styles.top}>
        <h2 className={styles.heading}>{title}</h2>
        {intent && (
          <Button variant="subtle" size="compact-sm" onClick={() => setEditing(true)}>
            {t('newIntent.change')}
          </Button>
        )}
      </div>
      {intent && editing && <IntentDialog intent={intent} close={() => setEditing(false)} />}
      <AddExample teach={teach.mutateAsync} busy={teach.isPending} />
      <ProblemLine error={failure} words={elsewhere && t('examples.elsewhere', { intent: elsewhere })} />
      {removed !== null && (
        <p className={styles.removed} role="status">
          {t('examples.removed', { text: removed })}
          <Button variant="subtle" size="compact-xs" onClick={() => putBack(removed)}>
            {t('examples.putBack')}
          </Button>
        </p>
      )}
      {query.isPending && <Skeleton height={200} aria-hidden />}
      {query.error && <Failed error={query.error} retry={() => void query.refetch()} />}
      <ul className={styles.examples} aria-label={t('examples.title')}>
        {examples.map((example) => (
          <ExampleRow
            key={example.id}
            example={example}
            intents={intents}
            move={(intent) => move({ id: example.id, intent })}
            remove={() => remove(example)}
          />
        ))}
      </ul>
      <MoreButton query={query} variant="default" />
    </section>
  )
}
