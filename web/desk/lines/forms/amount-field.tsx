import { TextInput } from '@mantine/core'
import { useWords } from '../../app/words.ts'
import { kopecksOf } from '../roubles.ts'

/** Money in roubles, as people type it. */
export function AmountField({
  value,
  onChange,
  focused = false,
  hint,
}: {
  value: string
  onChange: (typed: string) => void
  focused?: boolean
  /** What sums are possible. */
  hint?: string | undefined
}) {
  const { t } = useWords()
  const wrong = value.trim() !== '' && kopecksOf(value) === undefined
  return (
    <TextInput
      label={t('orderSheet.amount')}
      description={hint}
      inputMode="decimal"
      autoComplete="off"
      maxLength={16}
      value={value}
      error={wrong && t('orderSheet.badAmount')}
      onChange={(event) => onChange(event.currentTarget.value)}
      {...(focused && { 'data-autofocus': true })}
    />
  )
}
