import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { ForwardingCondition } from '../../../../contracts/orders.ts'
import { formatPhone } from '../../../shared/format/index.ts'
import { useWords } from '../../app/words.ts'
import type { FormProps } from '../ask.ts'
import { numberOf } from '../number-of.ts'

const CONDITIONS = ForwardingCondition.options
type Condition = (typeof CONDITIONS)[number]

/** Where calls go when they cannot be answered. */
export function ForwardingForm({ ask: { forwarding }, choose }: FormProps<'set-forwarding'>) {
  const { t } = useWords()
  const [condition, setCondition] = useState<Condition>(forwarding[0]?.condition ?? 'no-answer')
  const [to, setTo] = useState('')
  const now = forwarding.find((one) => one.condition === condition)?.toMsisdn
  const change = (when: Condition, typed: string) => {
    setCondition(when)
    setTo(typed)
    const toMsisdn = typed.trim() === '' ? null : numberOf(typed)
    choose(toMsisdn === undefined ? undefined : { kind: 'set-forwarding', condition: when, toMsisdn })
  }
  return (
    <>
      <Select
        label={t('orderSheet.condition')}
        allowDeselect={false}
        data={CONDITIONS.map((one) => ({ value: one, label: t(`lines.condition.${one}`) }))}
        value={condition}
        onChange={(value) => change(CONDITIONS.find((one) => one === value) ?? condition, to)}
      />
      <TextInput
        label={t('orderSheet.to')}
        description={now ? `${t('orderSheet.toHint')} · ${formatPhone(now)}` : undefined}
        type="tel"
        placeholder="+7 900 123-45-67"
        value={to}
        data-autofocus
        onChange={(event) => change(condition, event.currentTarget.value)}
      />
    </>
  )
}
