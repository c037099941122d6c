import { Select, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { conversations } from '../../../contracts/conversations.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { membersQuery } from '../data/session.ts'
import { Dialog } from '../parts/dialog.tsx'
import { refreshConversations } from './absorb.ts'
import type { DialogProps } from './dialog-props.ts'

const NOBODY = 'nobody'

/** Hand over to a colleague with a word of explanation, or back to everyone. */
export function AssignDialog({ conversation, close }: DialogProps) {
  const { t } = useWords()
  const members = useQuery(membersQuery).data ?? []
  const [to, setTo] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const answering = members.filter(
    (one) => one.active && one.roles.some((role) => role === 'agent' || role === 'supervisor'),
  )
  const data = [
    ...(conversation.assignee ? [{ value: NOBODY, label: t('assign.nobody') }] : []),
    ...answering
      .filter((one) => one.id !== conversation.assignee?.id)
      .map((one) => ({ value: one.id, label: `${one.name} · ${t(`presence.${one.presence}`)}` })),
  ]
  const act = async () => {
    const body = {
      agentId: to === NOBODY ? null : to,
      version: conversation.version,
      ...(note.trim() && { note: note.trim() }),
    }
    await call(conversations.assignConversation, { params: { id: conversation.id }, body })
    refreshConversations()
  }
  return (
    <Dialog title={t('assign.do')} word={t('assign.do')} close={close} act={act} ready={to !== null}>
      <Select
        label={t('assign.to')}
        placeholder={t('assign.choose')}
        data={data}
        value={to}
        onChange={setTo}
        searchable
        selectFirstOptionOnChange
        nothingFoundMessage={t('search.nothing')}
        data-autofocus
      />
      <Textarea
        label={t('assign.note')}
        description={t('assign.noteHint')}
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
