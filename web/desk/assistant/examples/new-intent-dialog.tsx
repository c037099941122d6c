import { Select, Textarea, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { assistantExamples, IntentKey } from '../../../../contracts/assistant-examples.ts'
import { isProblem } from '../../../shared/api/index.ts'
import { call } from '../../data/api.ts'
import { topicPath, topicsQuery } from '../../data/knowledge.ts'
import { Dialog } from '../../parts/dialog.tsx'
import { say } from '../../parts/say.ts'
import { intentsQuery, trainingQuery } from '../data.ts'
import { WordsField } from '../step/fields.tsx'
import { useAssistantWords } from '../words.ts'

/** More at once are for a file, not for a field. */
const MOST_AT_ONCE = 100
const MOST_CHARACTERS = 500
const ENOUGH = 15

const keyFrom = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)

/** The lines that say something, each once. */
const examplesIn = (text: string): string[] =>
  [...new Set(text.split('\n').map((line) => line.trim().slice(0, MOST_CHARACTERS)))].filter((line) =>
    /[\p{L}\p{N}]/u.test(line),
  )

/** An intent that there is not yet, with its first examples; examples that stand in other intents stay there and are named. */
export function NewIntentDialog({ taken, close }: { taken: ReadonlySet<string>; close: () => void }) {
  const { t, locale } = useAssistantWords()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [title, setTitle] = useState({ ru: '', en: '' })
  const [ownKey, setOwnKey] = useState<string | null>(null)
  const [topicKey, setTopicKey] = useState<string | null>(null)
  const [text, setText] = useState('')
  const key = ownKey ?? keyFrom(title.en)
  const isTaken = taken.has(key)
  const isKey = IntentKey.safeParse(key).success && !isTaken
  const isNamed = title.ru.trim() !== '' && title.en.trim() !== ''
  const examples = examplesIn(text)
  const act = async () => {
    await call(assistantExamples.putAssistantIntent, { params: { key }, body: { topicKey, title } })
    const elsewhere = await teach(key, examples)
    await Promise.all(
      [intentsQuery, trainingQuery].map(({ queryKey }) => client.invalidateQueries({ queryKey })),
    )
    if (elsewhere.length > 0) say(t('newIntent.elsewhere', { texts: elsewhere.join(' · ') }))
    await navigate({ to: '/assistant/examples/$intentKey', params: { intentKey: key } })
  }
  return (
    <Dialog
      title={t('newIntent.title')}
      word={t('newIntent.create')}
      close={close}
      act={act}
      ready={isKey && isNamed && examples.length <= MOST_AT_ONCE}
    >
      <WordsField label={t('newIntent.name')} oneLine fresh words={title} onChange={setTitle} />
      <TextInput
        label={t('flows.key')}
        description={t('flows.keyHint')}
        value={key}
        maxLength={60}
        spellCheck={false}
        error={key !== '' && !isKey && t(isTaken ? 'newIntent.taken' : 'step.nameWrong')}
        onChange={(event) => setOwnKey(event.currentTarget.value)}
      />
      <TopicKeyField value={topicKey} onChange={setTopicKey} locale={locale} />
      <Textarea
        label={t('newIntent.examples')}
        description={t('newIntent.examplesHint', { enough: ENOUGH })}
        autosize
        minRows={5}
        maxRows={12}
        value={text}
        error={examples.length > MOST_AT_ONCE && t('newIntent.tooMany', { most: MOST_AT_ONCE })}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </Dialog>
  )
}

/** Teaches the examples one after another; gives those that other intents have already. */
async function teach(intent: string, examples: readonly string[]): Promise<string[]> {
  const elsewhere: string[] = []
  for (const text of examples) {
    try {
      await call(assistantExamples.addAssistantExample, { body: { intent, text } })
    } catch (error) {
      if (!isProblem(error, 'conflict')) throw error
      elsewhere.push(text)
    }
  }
  return elsewhere
}

/** The topic that a matter of an intent is filed under. */
export function TopicKeyField({
  value,
  onChange,
  locale,
}: {
  value: string | null
  onChange: (key: string | null) => void
  locale: 'ru' | 'en'
}) {
  const { t } = useAssistantWords()
  const tree = useQuery(topicsQuery).data?.topics ?? []
  const data = tree
    .filter(({ retired }) => !retired)
    .map(({ id, key }) => ({ value: key, label: topicPath(tree, id, locale) }))
  return (
    <Select
      label={t('newIntent.topic')}
      description={t('newIntent.topicHint')}
      searchable
      clearable
      data={data}
      value={value}
      onChange={onChange}
      maxDropdownHeight={220}
    />
  )
}
