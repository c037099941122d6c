import { useState } from 'react'
import { conversations } from '../../../contracts/conversations.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { Dialog } from '../parts/dialog.tsx'
import { refreshConversations } from './absorb.ts'
import type { DialogProps } from './dialog-props.ts'
import { TopicField } from './topic-field.tsx'

/** What it is about. */
export function TopicDialog({ conversation, close }: DialogProps) {
  const { t } = useWords()
  const [topicId, setTopicId] = useState(conversation.topicId)
  const act = async () => {
    await call(conversations.setTopic, { params: { id: conversation.id }, body: { topicId } })
    refreshConversations()
  }
  return (
    <Dialog title={t('topic.label')} word={t('states.save')} close={close} act={act}>
      <TopicField value={topicId} onChange={setTopicId} focused />
    </Dialog>
  )
}
