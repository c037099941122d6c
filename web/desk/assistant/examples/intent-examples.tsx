import { ActionIcon, Button, Menu, Skeleton, TextInput } from '@mantine/core'
import { IconChevronLeft, IconDots } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { z } from 'zod'
import {
  type AssistantExample,
  type AssistantIntent,
  assistantExamples,
} from '../../../../contracts/assistant-examples.ts'
import type { Locale } from '../../../../contracts/primitives.ts'
import { isProblem } from '../../../shared/api/index.ts'
import { call } from '../../data/api.ts'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { Failed } from '../../parts/states.tsx'
import { examplesQuery, intentsQuery, trainingQuery } from '../data.ts'
import { useAssistantWords } from '../words.ts'
import styles from './examples.module.css'
import { IntentDialog } from './intent-dialog.tsx'

type Example = z.output<typeof AssistantExample>
type Intent = AssistantIntent

/** After something was taught: lists are read again, and how the understanding learns it is watched. */
function useTaught(intentKey: string) {
  const client = useQueryClient()
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: examplesQuery(intentKey).queryKey }),
      client.invalidateQueries({ queryKey: intentsQuery.queryKey }),
      client.invalidateQueries({ queryKey: trainingQuery.queryKey }),
    ])
}

const Elsewhere = z.object({ intent: z.string() })

/** The intent that has these words already, if that was the trouble. */
function titleOfOther(error: unknown, intents: readonly Intent[], locale: Locale): string | null {
  const facts = isProblem(error, 'conflict') ? Elsewhere.safeParse(error.facts).data : undefined
  return facts ? (intents.find(({ key }) => key === facts.intent)?.title[locale] ?? facts.intent) : null
}

/** The examples of an intent: added, moved to another, taken away and back. */
export function IntentExamples({ intentKey, intents }: { intentKey: string; intents: readonly Intent[] }) {
  const { t, locale } = useAssistantWords()
  const taught = useTaught(intentKey)
  const query = useInfiniteQuery(examplesQuery(intentKey))
  const [removed, setRemoved] = useState<string | null>(null)
  const [editing, setEditing] = useState(false)
  const intent = intents.find(({ key }) => key === intentKey)
  const title = intent?.title[locale] ?? intentKey
  const teach = useMutation({
    mutationFn: (text: string) =>
      call(assistantExamples.addAssistantExample, { body: { intent: intentKey, text } }),
    onSuccess: taught,
  })
  const remove = useMutation({
    mutationFn: ({ id }: Example) => call(assistantExamples.removeAssistantExample, { params: { id } }),
    onSuccess: (_, { text }) => {
      setRemoved(text)
      return taught()
    },
  })
  const move = useMutation({
    mutationFn: ({ id, intent }: { id: string; intent: string }) =>
      call(assistantExamples.moveAssistantExample, { params: { id }, body: { intent } }),
    onSuccess: taught,
  })
  const failure = teach.error ?? remove.error ?? move.error
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
          <Button
            variant="subtle"
            size="compact-xs"
            onClick={() => {
              teach.mutate(removed)
              setRemoved(null)
            }}
          >
            {t('examples.putBack')}
          </Button>
        </p>
      )}
      {query.isPending && <Skeleton height={200} aria-hidden />}
      {query.error && <Failed error={query.error} retry={() => void query.refetch()} />}
      <ul className={styles.examples} aria-label={t('examples.title')}>
        {examples.map((example) => (
          <li key={example.id}>
            <span>
              {example.text}
              {example.understoodAs !== null && example.understoodAs !== intentKey && (
                <span className={styles.wrong}>
                  {t('examples.takenFor', {
                    what:
                      intents.find(({ key }) => key === example.understoodAs)?.title[locale] ??
                      example.understoodAs,
                  })}
                </span>
              )}
            </span>
            <ExampleMenu
              example={example}
              intents={intents}
              move={(intent) => move.mutate({ id: example.id, intent })}
              remove={() => remove.mutate(example)}
            />
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('history.more')}
        </Button>
      )}
    </section>
  )
}

function AddExample({ teach, busy }: { teach: (text: string) => Promise<unknown>; busy: boolean }) {
  const { t } = useAssistantWords()
  const [text, setText] = useState('')
  const isExample = /[\p{L}\p{N}]/u.test(text)
  return (
    <form
      className={styles.add}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isExample || busy) return
        // What was not taken stays to be put right; what is typed meanwhile stays too.
        void teach(text.trim()).then(
          () => setText((now) => (now === text ? '' : now)),
          () => undefined,
        )
      }}
    >
      <TextInput
        aria-label={t('examples.new')}
        placeholder={t('examples.new')}
        value={text}
        maxLength={500}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" disabled={!isExample} loading={busy}>
        {t('examples.add')}
      </Button>
    </form>
  )
}

function ExampleMenu({
  example,
  intents,
  move,
  remove,
}: {
  example: Example
  intents: readonly Intent[]
  move: (intent: string) => void
  remove: () => void
}) {
  const { t, locale } = useAssistantWords()
  const likely = example.understoodAs === example.intent ? null : example.understoodAs
  const others = intents.filter(({ key }) => key !== example.intent)
  // Where the model would put it stands first.
  const ordered = [...others].sort((a, b) => Number(b.key === likely) - Number(a.key === likely))
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon aria-label={t('examples.acts', { text: example.text })}>
          <IconDots size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        <Menu.Item color="red" onClick={remove}>
          {t('examples.remove')}
        </Menu.Item>
        <Menu.Label>{t('examples.moveTo')}</Menu.Label>
        {ordered.map(({ key, title }) => (
          <Menu.Item key={key} onClick={() => move(key)}>
            {title[locale]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
