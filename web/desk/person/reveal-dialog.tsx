import { useState } from 'react'
import { subscribers } from '../../../contracts/subscribers.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { Dialog } from '../parts/dialog.tsx'
import { say } from '../parts/say.ts'
import type { PointDialogProps } from './person-dialog.ts'
import { LEAST_REASON, ReasonField } from './reason-field.tsx'
import { showRevealed } from './revealed.ts'

/** See a masked number or address, with a reason; it hides by itself. */
export function RevealDialog({ point, close }: PointDialogProps) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const act = async () => {
    const { address, hideAfterMs, leftToday } = await call(subscribers.revealAddress, {
      params: { id: point.id },
      body: { reason: reason.trim() },
    })
    showRevealed(point.id, address, hideAfterMs)
    say(t('reveal.left', { count: leftToday }))
  }
  return (
    <Dialog
      title={t('card.reveal')}
      word={t('reveal.do')}
      close={close}
      act={act}
      ready={reason.trim().length >= LEAST_REASON}
    >
      <ReasonField value={reason} onChange={setReason} focused />
    </Dialog>
  )
}
