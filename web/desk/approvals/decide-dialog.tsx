import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { type Order, orders } from '../../../contracts/orders.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { queryClient } from '../data/query-client.ts'
import { useOrderText } from '../lines/use-order-text.ts'
import { Dialog } from '../parts/dialog.tsx'
import { say } from '../parts/say.ts'
import { LEAST_REASON } from '../person/reason-field.tsx'

/** Yes or no, and why: a no is owed a word. */
export function DecideDialog({
  order,
  approve,
  close,
}: {
  order: Order
  approve: boolean
  close: () => void
}) {
  const { t } = useWords()
  const textOf = useOrderText()
  const [words, setWords] = useState('')
  const reason = words.trim()
  const act = async () => {
    try {
      await call(orders.decideOrder, {
        params: { id: order.id },
        body: approve ? { approve, ...(reason && { reason }) } : { approve, reason },
      })
      say(t(approve ? 'approvals.approved' : 'approvals.declined'))
    } finally {
      void queryClient.invalidateQueries({ queryKey: ['approvals'] })
    }
  }
  return (
    <Dialog
      title={t(approve ? 'approvals.approveTitle' : 'approvals.declineTitle')}
      word={t(approve ? 'approvals.approveDo' : 'approvals.declineDo')}
      close={close}
      act={act}
      ready={reason.length >= LEAST_REASON || (approve && reason === '')}
      danger={!approve}
    >
      <p style={{ margin: 0 }}>{textOf(order.request)}</p>
      <Textarea
        label={t('approvals.words')}
        description={
          approve ? `${t('approvals.wordsHint')}. ${t('approvals.optional')}` : t('approvals.wordsHint')
        }
        autosize
        minRows={2}
        maxLength={400}
        required={!approve}
        data-autofocus
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
    </Dialog>
  )
}
