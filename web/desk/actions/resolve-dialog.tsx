import { Chip, Group, Input, Textarea } from '@mantine/core'
import { useState } from 'react'
import { conversations, Outcome } from '../../../contracts/conversations.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { Dialog } from '../parts/dialog.tsx'
import { refreshConversations } from './absorb.ts'
import type { DialogProps } from './dialog-props.ts'
import { TopicField } from './topic-field.tsx'

/** Wrap-up: what it was about and what came of it. No outcome is chosen beforehand: they are counted. */
export function ResolveDialog({ conversation, close }: DialogProps) {
  const { t } = useWords()
  const [topicId, setTopicId] = useState(conversation.topicId)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [note, setNote] = useState('')
  const act = async () => {
    if (!outcome) return
    await call(conversations.resolveConversation, {
      params: { id: conversation.id },
      body: { topicId, outcome, ...(note.trim() && { note: note.trim() }) },
    })
    refreshConversations()
  }
  return (
    <Dialog
      title={t('actions.resolveTitle')}
      word={t('actions.resolve')}
      close={close}
      act={act}
      ready={outcome !== null}
    >
      <TopicField value={topicId} onChange={setTopicId} focused={conversation.topicId === null} />
      <Input.Wrapper label={t('outcome.label')} description={t('outcome.hint')} labelElement="div">
        <Group gap={8} mt={8} role="radiogroup" aria-label={t('outcome.label')}>
          {Outcome.options.map((value, index) => (
            <Chip
              key={value}
              size="sm"
              radius="sm"
              variant="outline"
              type="radio"
              name="outcome"
              checked={outcome === value}
              onChange={() => setOutcome(value)}
              {...(index === 0 && conversation.topicId !== null && { 'data-autofocus': true })}
            >
              {t(`outcome.${value}`)}
            </Chip>
          ))}
        </Group>
      </Input.Wrapper>
      <Textarea
        label={t('outcome.note')}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </Dialog>
  )
}
