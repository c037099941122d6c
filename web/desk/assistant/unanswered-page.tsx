import { Button, Select, Skeleton } from '@mantine/core'
import { IconMessageQuestion } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type AssistantIntent, assistantExamples } from '../../../contracts/assistant-examples.ts'
import { formatMoment } from '../../shared/format/index.ts'
import { problemText } from '../../shared/problems/index.ts'
import { call } from '../data/api.ts'
import { ProblemLine } from '../parts/problem-line.tsx'
import { say, sayWrong } from '../parts/say.ts'
import { Empty, Failed } from '../parts/states.tsx'
import { useUndoable } from '../parts/use-undoable.ts'
import { intentsQuery, trainingQuery, unansweredQuery } from './data.ts'
import styles from './examples/examples.module.css'
import { Reasons } from './examples/reasons.tsx'
import { TrainingBar } from './examples/training-bar.tsx'
import { useAssistantWords } from './words.ts'

type Heap = Awaited<ReturnType<NonNullable<typeof unansweredQuery.queryFn>>>[number]

const OUT_OF_SCOPE = 'out-of-scope'
/** Is never proposed: what nobody understands is likeliest to be no emergency, and would call one for everybody who says the like. */
const EMERGENCY = 'emergency'

/** What the assistant was not sure of, alike questions together: each heap is taught to an intent by one click. */
export function UnansweredPage() {
  const { t } = useAssistantWords()
  const query = useQuery(unansweredQuery)
  const intents = useQuery(intentsQuery).data ?? []
  return (
    <>
      <TrainingBar />
      <h1 className={styles.heading}>{t('room.unanswered')}</h1>
      <p className={styles.dim}>{t('unanswered.hint')}</p>
      {query.isPending && <Skeleton height={240} maw={920} mt={12} aria-hidden />}
      {query.error && <Failed error={query.error} retry={() => void query.refetch()} />}
      {query.data?.length === 0 && (
        <Empty
          title={t('unanswered.none')}
          hint={t('unanswered.noneHint')}
          icon={<IconMessageQuestion size={32} stroke={1.2} />}
        />
      )}
      <ul className={styles.heaps}>
        {query.data?.map((heap) => (
          <HeapRow key={heap.questions[0]?.id} heap={heap} intents={intents} />
        ))}
      </ul>
    </>
  )
}

function HeapRow({ heap, intents }: { heap: Heap; intents: readonly AssistantIntent[] }) {
  const { t, locale } = useAssistantWords()
  const client = useQueryClient()
  const [intent, setIntent] = useState(heap.intent === EMERGENCY ? null : heap.intent)
  const [why, setWhy] = useState(false)
  const titleOf = (key: string) => intents.find((one) => one.key === key)?.title[locale] ?? key
  const sort = useMutation({
    mutationFn: (to: string | null) =>
      call(assistantExamples.answerUnanswered, {
        body: { ids: heap.questions.slice(0, 100).map(({ id }) => id), intent: to },
      }),
    onSuccess: async (_, to) => {
      await Promise.all(
        [unansweredQuery, intentsQuery, trainingQuery].map(({ queryKey }) =>
          client.invalidateQueries({ queryKey }),
        ),
      )
      if (to !== null) say(t('unanswered.taught', { intent: titleOf(to) }))
    },
    // A drop happens a while after the click, wherever one is by then.
    onError: (error, to) => {
      if (to === null)
        sayWrong(t('unanswered.notDropped', { text: heap.text, why: problemText(error, locale) }))
    },
  })
  const drop = useUndoable(() => sort.mutate(null))
  const busy = sort.isPending
  if (drop.waits)
    return (
      <li className={styles.heap}>
        <p className={styles.dim} role="status">
          {t('unanswered.dropped', { text: heap.text })}{' '}
          <Button variant="subtle" size="compact-xs" autoFocus onClick={drop.takeBack}>
            {t('unanswered.putBack')}
          </Button>
        </p>
      </li>
    )
  return (
    <li className={styles.heap}>
      <div>
        <p className={styles.question}>{heap.text}</p>
        <p className={styles.dim}>
          {t('unanswered.times', { count: heap.times })}, {formatMoment(heap.lastAt, locale)}
          <Button variant="subtle" size="compact-xs" aria-expanded={why} onClick={() => setWhy(!why)}>
            {t('trial.why')}
          </Button>
        </p>
        {heap.questions.length > 1 && (
          <details className={styles.alike}>
            <summary>{t('unanswered.alike', { count: heap.questions.length - 1 })}</summary>
            <ul>
              {heap.questions.slice(1).map(({ id, text, times }) => (
                <li key={id}>
                  {text} <span className={styles.dim}>× {times}</span>
                </li>
              ))}
            </ul>
          </details>
        )}
        {why && <Reasons text={heap.text} intentTitle={titleOf} />}
        {sort.variables !== null && <ProblemLine error={sort.error} />}
      </div>
      <div className={styles.sort}>
        <Select
          aria-label={t('unanswered.intent')}
          placeholder={t('unanswered.choose')}
          value={intent}
          data={intents
            .filter(({ key }) => key !== OUT_OF_SCOPE)
            .map(({ key, title }) => ({ value: key, label: title[locale] }))}
          searchable
          allowDeselect={false}
          onChange={(next) => next !== null && setIntent(next)}
        />
        <div className={styles.sortActs}>
          <Button disabled={busy || intent === null} onClick={() => sort.mutate(intent)}>
            {t('unanswered.add')}
          </Button>
          <Button variant="default" disabled={busy} onClick={() => sort.mutate(OUT_OF_SCOPE)}>
            {t('unanswered.notOurs')}
          </Button>
          <Button variant="subtle" color="gray" disabled={busy} onClick={drop.begin}>
            {t('unanswered.drop')}
          </Button>
        </div>
      </div>
    </li>
  )
}
