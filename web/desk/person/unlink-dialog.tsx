import { Radio, Stack } from '@mantine/core'
import { useState } from 'react'
import { subscribers } from '../../../contracts/subscribers.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { Dialog } from '../parts/dialog.tsx'
import type { PointDialogProps } from './person-dialog.ts'
import { LEAST_REASON, ReasonField } from './reason-field.tsx'
import { refreshPerson } from './refresh-person.ts'

/** Never theirs, or theirs no longer: the difference decides what stays on the timeline. */
export function UnlinkDialog({ point, close }: PointDialogProps) {
  const { t } = useWords()
  const [kind, setKind] = useState('mistake')
  const [reason, setReason] = useState('')
  const act = async () => {
    await call(subscribers.unlinkContactPoint, {
      params: { id: point.id },
      body: { reason: reason.trim(), mistake: kind === 'mistake' },
    })
    refreshPerson()
  }
  return (
    <Dialog
      title={t('card.unlink')}
      word={t('unlink.do')}
      close={close}
      act={act}
      ready={reason.trim().length >= LEAST_REASON}
    >
      <Radio.Group value={kind} onChange={setKind} label={t('unlink.what')}>
        <Stack gap={8} mt={6}>
          <Radio value="mistake" label={t('unlink.mistake')} description={t('unlink.mistakeHint')} />
          <Radio value="former" label={t('unlink.former')} description={t('unlink.formerHint')} />
        </Stack>
      </Radio.Group>
      <ReasonField value={reason} onChange={setReason} />
    </Dialog>
  )
}
