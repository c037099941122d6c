import { Button, SimpleGrid, TextInput } from '@mantine/core'
import { useState } from 'react'
import { conversations } from '../../../contracts/conversations.ts'
import { formatMoment } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { Dialog } from '../parts/dialog.tsx'
import { refreshConversations } from './absorb.ts'
import { snooze } from './act.ts'
import type { DialogProps } from './dialog-props.ts'
import { snoozeTimes } from './snooze-times.ts'

/** Put aside until a time, or until the person writes. */
export function SnoozeDialog({ conversation, close }: DialogProps) {
  const { t, locale } = useWords()
  const [date, setDate] = useState('')
  const chosen = date ? new Date(date) : null
  const ready = chosen !== null && chosen.getTime() > Date.now()
  const act = async () => {
    if (!chosen) return
    await call(conversations.snoozeConversation, {
      params: { id: conversation.id },
      body: { until: chosen.toISOString() },
    })
    refreshConversations()
  }
  return (
    <Dialog title={t('snooze.do')} word={t('snooze.do')} close={close} act={act} ready={ready}>
      <SimpleGrid cols={2} spacing={8}>
        {snoozeTimes(new Date()).map(([name, until], index) => (
          <Button
            key={name}
            variant="default"
            h={52}
            onClick={() => {
              close()
              void snooze(conversation.id, until.toISOString())
            }}
            {...(index === 0 && { 'data-autofocus': true })}
          >
            <span>
              {t(`snooze.${name}`)}
              <br />
              <small style={{ fontWeight: 400 }}>{formatMoment(until.toISOString(), locale)}</small>
            </span>
          </Button>
        ))}
      </SimpleGrid>
      <TextInput
        type="datetime-local"
        label={t('snooze.until')}
        description={t('snooze.hint')}
        value={date}
        onChange={(event) => setDate(event.currentTarget.value)}
      />
    </Dialog>
  )
}
