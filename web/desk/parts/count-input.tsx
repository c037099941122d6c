import { NumberInput, type NumberInputProps } from '@mantine/core'
import { useWords } from '../app/words.ts'

type Props = Omit<NumberInputProps, 'value' | 'onChange' | 'min' | 'max' | 'error' | 'allowDecimal'> & {
  /** Null while nothing is typed: a figure put there by itself would stand before what is typed next. */
  readonly value: number | null
  readonly onChange: (value: number | null) => void
  readonly min: number
  readonly max: number
}

/** Whether the figure can be used as it stands. */
export const isCount = (value: number | null, { min, max }: { min: number; max: number }): value is number =>
  value !== null && Number.isInteger(value) && value >= min && value <= max

/** A whole figure between two others; what cannot be used stays as it was typed, and says between which. */
export function CountInput({ value, onChange, min, max, ...rest }: Props) {
  const { t } = useWords()
  return (
    <NumberInput
      {...rest}
      min={min}
      max={max}
      allowDecimal={false}
      clampBehavior="none"
      value={value ?? ''}
      error={!isCount(value, { min, max }) && t('states.between', { min, max })}
      onChange={(typed) => onChange(typed === '' ? null : Number(typed))}
    />
  )
}
