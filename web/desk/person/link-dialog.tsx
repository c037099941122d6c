import { Button, Group, Radio, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { subscribers } from '../../../contracts/subscribers.ts'
import { formatPhone } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { Dialog } from '../parts/dialog.tsx'
import { ProblemLine } from '../parts/problem-line.tsx'
import type { PointDialogProps } from './person-dialog.ts'
import { LEAST_REASON, ReasonField } from './reason-field.tsx'
import { refreshPerson } from './refresh-person.ts'

/** This door is that person: found by an exact identifier, with a reason; reversible. */
export function LinkDialog({ point, close }: PointDialogProps) {
  const { t } = useWords()
  const [exact, setExact] = useState('')
  const [to, setTo] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const find = useMutation({
    mutationFn: () => call(subscribers.findPersons, { query: { exact: exact.trim() } }),
  })
  const found = find.data?.filter((one) => one.contactPointId !== point.id)
  const act = async () => {
    if (!to) return
    await call(subscribers.linkContactPoint, {
      params: { id: point.id },
      body: { toContactPointId: to, reason: reason.trim() },
    })
    refreshPerson()
  }
  return (
    <Dialog
      title={t('card.link')}
      word={t('link.do')}
      close={close}
      act={act}
      ready={to !== null && reason.trim().length >= LEAST_REASON}
    >
      <Group align="flex-end" gap={8} wrap="nowrap">
        <TextInput
          style={{ flex: 1 }}
          label={t('link.find')}
          placeholder={t('link.example')}
          value={exact}
          onChange={(event) => setExact(event.currentTarget.value)}
          data-autofocus
        />
        <Button
          variant="default"
          h={36}
          disabled={exact.trim().length < 3}
          loading={find.isPending}
          onClick={() => find.mutate()}
        >
          {t('link.search')}
        </Button>
      </Group>
      <ProblemLine error={find.error} />
      {found?.length === 0 && <p>{t('link.none')}</p>}
      <Radio.Group value={to} onChange={setTo} aria-label={t('link.whom')}>
        <Stack gap={8}>
          {found?.map((one) => (
            <Radio
              key={one.contactPointId}
              value={one.contactPointId}
              label={one.name}
              description={`${t(`channel.${one.channel}`)} · ${formatPhone(one.address)}`}
            />
          ))}
        </Stack>
      </Radio.Group>
      {to && <ReasonField value={reason} onChange={setReason} />}
    </Dialog>
  )
}
