import { Textarea } from '@mantine/core'
import { useState } from 'react'
import type { OrderRequest } from '../../../../contracts/orders.ts'
import { useWords } from '../../app/words.ts'
import { LEAST_REASON } from '../../person/reason-field.tsx'
import type { FormProps } from '../ask.ts'
import { kopecksOf, roublesOf } from '../roubles.ts'
import { AmountField } from './amount-field.tsx'

/** Money now that comes back with the next top-up. */
export function PromisedForm({ choose }: FormProps<'promised-payment'>) {
  const [amount, setAmount] = useState('')
  const change = (typed: string) => {
    setAmount(typed)
    const amountKopecks = kopecksOf(typed)
    choose(amountKopecks === undefined ? undefined : { kind: 'promised-payment', amountKopecks })
  }
  return <AmountField value={amount} onChange={change} focused />
}

/** Money for what went wrong. */
export function GoodwillForm({ choose }: FormProps<'goodwill-credit'>) {
  return (
    <AmountWithReason choose={(given) => choose(given && { kind: 'goodwill-credit', ...given })} initial="" />
  )
}

/** What a paid subscription took comes back. */
export function RefundForm({ ask: { code, kopecks }, choose }: FormProps<'refund-content'>) {
  return (
    <AmountWithReason
      choose={(given) => choose(given && { kind: 'refund-content', code, ...given })}
      initial={kopecks ? roublesOf(kopecks) : ''}
    />
  )
}

/** A top-up, or a part of it, goes back to the card. */
export function RefundTopUpForm({ ask: { topUpId, kopecks }, choose }: FormProps<'refund-top-up'>) {
  return (
    <AmountWithReason
      choose={(given) => choose(given && { kind: 'refund-top-up', topUpId, ...given })}
      initial={roublesOf(kopecks)}
    />
  )
}

type Given = Pick<Extract<OrderRequest, { kind: 'goodwill-credit' }>, 'amountKopecks' | 'reason'>

/** A sum in roubles, and why. */
export function AmountWithReason({
  choose,
  initial,
  hint,
}: {
  choose: (given: Given | undefined) => void
  initial: string
  hint?: string
}) {
  const { t } = useWords()
  const [amount, setAmount] = useState(initial)
  const [reason, setReason] = useState('')
  const change = (typed: string, why: string) => {
    setAmount(typed)
    setReason(why)
    const amountKopecks = kopecksOf(typed)
    const isWhole = amountKopecks !== undefined && why.trim().length >= LEAST_REASON
    choose(isWhole ? { amountKopecks, reason: why.trim() } : undefined)
  }
  return (
    <>
      <AmountField value={amount} onChange={(typed) => change(typed, reason)} hint={hint} focused />
      <Textarea
        label={t('orderSheet.reason')}
        description={t('orderSheet.reasonHint')}
        autosize
        minRows={2}
        maxLength={400}
        required
        value={reason}
        onChange={(event) => change(amount, event.currentTarget.value)}
      />
    </>
  )
}
