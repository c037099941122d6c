import { useState } from 'react'
import { lines } from '../../../contracts/lines.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { Dialog } from '../parts/dialog.tsx'
import { say } from '../parts/say.ts'
import { LEAST_REASON, ReasonField } from '../person/reason-field.tsx'
import { showRevealed } from '../person/revealed.ts'

/** See the number of a line, with a reason; it hides by itself. */
export function RevealLineDialog({ lineId, close }: { lineId: string; close: () => void }) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const act = async () => {
    const { msisdn, hideAfterMs, leftToday } = await call(lines.revealLineNumber, {
      params: { id: lineId },
      body: { reason: reason.trim() },
    })
    showRevealed(lineId, msisdn, hideAfterMs)
    say(t('reveal.left', { count: leftToday }))
  }
  return (
    <Dialog
      title={t('lines.show')}
      word={t('reveal.do')}
      close={close}
      act={act}
      ready={reason.trim().length >= LEAST_REASON}
    >
      <ReasonField value={reason} onChange={setReason} focused />
    </Dialog>
  )
}
