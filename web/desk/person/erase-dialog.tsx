import { Alert } from '@mantine/core'
import { useState } from 'react'
import { privacy } from '../../../contracts/privacy.ts'
import type { ContactPoint } from '../../../contracts/subscribers.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { Dialog } from '../parts/dialog.tsx'
import { say } from '../parts/say.ts'
import { LEAST_REASON, ReasonField } from './reason-field.tsx'
import { refreshPerson } from './refresh-person.ts'

/** The one thing here that cannot be undone, so it is asked. */
export function EraseDialog({ point, close }: { point: Pick<ContactPoint, 'id'>; close: () => void }) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const act = async () => {
    await call(privacy.erasePerson, { params: { id: point.id }, body: { reason: reason.trim() } })
    refreshPerson()
    say(t('erase.done'))
  }
  return (
    <Dialog
      title={t('card.erase')}
      word={t('erase.do')}
      close={close}
      act={act}
      ready={reason.trim().length >= LEAST_REASON}
      danger
    >
      <Alert color="red" variant="light">
        {t('erase.warning')}
      </Alert>
      <ReasonField value={reason} onChange={setReason} focused />
    </Dialog>
  )
}
