import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type AssistantIntent, assistantExamples } from '../../../../contracts/assistant-examples.ts'
import { call } from '../../data/api.ts'
import { Dialog } from '../../parts/dialog.tsx'
import { intentsQuery } from '../data.ts'
import { WordsField } from '../step/fields.tsx'
import { useAssistantWords } from '../words.ts'
import { TopicKeyField } from './new-intent-dialog.tsx'

/** What an intent is called and filed under; its key and its examples stay. */
export function IntentDialog({ intent, close }: { intent: AssistantIntent; close: () => void }) {
  const { t, locale } = useAssistantWords()
  const client = useQueryClient()
  const [title, setTitle] = useState(intent.title)
  const [topicKey, setTopicKey] = useState(intent.topicKey)
  const act = async () => {
    await call(assistantExamples.putAssistantIntent, {
      params: { key: intent.key },
      body: { topicKey, title: { ru: title.ru.trim(), en: title.en.trim() } },
    })
    await client.invalidateQueries({ queryKey: intentsQuery.queryKey })
  }
  return (
    <Dialog
      title={t('newIntent.changeTitle')}
      word={t('newIntent.save')}
      close={close}
      act={act}
      ready={title.ru.trim() !== '' && title.en.trim() !== ''}
    >
      <WordsField label={t('newIntent.name')} oneLine words={title} onChange={setTitle} />
      <TopicKeyField value={topicKey} onChange={setTopicKey} locale={locale} />
    </Dialog>
  )
}
