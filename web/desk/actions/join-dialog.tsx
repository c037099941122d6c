import { Radio, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { conversations } from '../../../contracts/conversations.ts'
import { formatMoment } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { siblingsQuery } from '../data/conversation.ts'
import { useInboxFilter } from '../inbox/use-inbox-filter.ts'
import { Dialog } from '../parts/dialog.tsx'
import { refreshConversations } from './absorb.ts'
import type { DialogProps } from './dialog-props.ts'

/** It is the same matter as another conversation of this person. */
export function JoinDialog({ conversation, close }: DialogProps) {
  const { t, locale } = useWords()
  const { filter } = useInboxFilter()
  const navigate = useNavigate()
  const [into, setInto] = useState<string | null>(null)
  const siblings = useQuery(siblingsQuery(conversation.id)).data
  const act = async () => {
    if (!into) return
    await call(conversations.joinConversations, { params: { id: conversation.id }, body: { intoId: into } })
    refreshConversations()
    await navigate({ to: '/inbox/$conversationId', params: { conversationId: into }, search: filter })
  }
  return (
    <Dialog title={t('join.do')} word={t('join.do')} close={close} act={act} ready={into !== null}>
      {siblings?.length === 0 && <p>{t('join.none')}</p>}
      <Radio.Group value={into} onChange={setInto} label={t('join.into')}>
        <Stack gap={8} mt={6}>
          {siblings?.map((one) => (
            <Radio
              key={one.id}
              value={one.id}
              label={`${t('inbox.number', { number: one.number })} · ${t(`one.${one.state}`)}`}
              description={`${formatMoment(one.lastActivityAt, locale)} — ${one.preview}`}
            />
          ))}
        </Stack>
      </Radio.Group>
    </Dialog>
  )
}
