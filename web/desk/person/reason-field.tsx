import { Textarea } from '@mantine/core'
import { useWords } from '../app/words.ts'

export const LEAST_REASON = 3

/** Why: it stays in the audit. */
export function ReasonField({
  value,
  onChange,
  focused = false,
}: {
  value: string
  onChange: (reason: string) => void
  focused?: boolean
}) {
  const { t } = useWords()
  return (
    <Textarea
      label={t('reason.label')}
      description={t('reason.hint')}
      autosize
      minRows={2}
      maxLength={400}
      required
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      {...(focused && { 'data-autofocus': true })}
    />
  )
}
