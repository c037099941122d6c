import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { subscribers } from '../../../contracts/subscribers.ts'
import { formatPhone, formatTime } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { Dialog } from '../parts/dialog.tsx'
import { say } from '../parts/say.ts'
import type { PointDialogProps } from './person-dialog.ts'
import { refreshPerson } from './refresh-person.ts'

interface Started {
  readonly proofId: string
  readonly masked: string
  readonly expiresAt: string
}

/** A code by SMS to the number that the person names; they tell it here, through this door. */
export function ProveDialog({ point, close }: PointDialogProps) {
  const { t, locale } = useWords()
  const [msisdn, setMsisdn] = useState('')
  const [code, setCode] = useState('')
  const [started, setStarted] = useState<Started | null>(null)
  const params = { id: point.id }
  const start = async () => setStarted(await call(subscribers.startProof, { params, body: { msisdn } }))
  const confirm = async (proofId: string) => {
    await call(subscribers.confirmProof, { params, body: { proofId, code: code.trim() } })
    refreshPerson()
    say(t('prove.done'))
    close()
  }
  const ready = started ? code.trim().length >= 4 : msisdn.replace(/\D/g, '').length >= 10
  return (
    <Dialog
      title={t('card.prove')}
      word={t(started ? 'prove.confirm' : 'prove.send')}
      close={close}
      act={() => (started ? confirm(started.proofId) : start())}
      ready={ready}
      keepOpen
    >
      {started ? (
        <TextInput
          key="code"
          label={t('prove.code')}
          description={t('prove.sent', {
            to: formatPhone(started.masked),
            at: formatTime(started.expiresAt, locale),
          })}
          inputMode="numeric"
          autoFocus
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      ) : (
        <TextInput
          key="number"
          label={t('prove.number')}
          description={t('prove.hint')}
          type="tel"
          placeholder="+7 900 123-45-67"
          value={msisdn}
          onChange={(event) => setMsisdn(event.currentTarget.value)}
          data-autofocus
        />
      )}
    </Dialog>
  )
}
