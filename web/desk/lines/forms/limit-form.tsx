import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '../../app/words.ts'
import type { FormProps } from '../ask.ts'
import { kopecksOf, roublesOf } from '../roubles.ts'
import { AmountField } from './amount-field.tsx'

/** A limit of spending, or none. */
export function LimitForm({ ask: { limit, kopecks }, choose }: FormProps<'set-limit'>) {
  const { t } = useWords()
  const [amount, setAmount] = useState(kopecks === null ? '' : roublesOf(kopecks))
  const [none, setNone] = useState(false)
  const change = (typed: string, without: boolean) => {
    setAmount(typed)
    setNone(without)
    const amountKopecks = without ? null : kopecksOf(typed)
    choose(amountKopecks === undefined ? undefined : { kind: 'set-limit', limit, amountKopecks })
  }
  return (
    <>
      {!none && <AmountField value={amount} onChange={(typed) => change(typed, false)} focused />}
      {kopecks !== null && (
        <Checkbox
          label={t('orderSheet.noLimit')}
          checked={none}
          onChange={(event) => change(amount, event.currentTarget.checked)}
        />
      )}
    </>
  )
}
