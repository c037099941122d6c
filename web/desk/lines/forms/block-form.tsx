import { Radio, Stack } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '../../app/words.ts'
import type { FormProps } from '../ask.ts'

const REASONS = ['lost', 'voluntary'] as const
type Reason = (typeof REASONS)[number]

/** Why the number is blocked: it decides who is told, and how it is lifted. */
export function BlockForm({ choose }: FormProps<'block-line'>) {
  const { t } = useWords()
  const [reason, setReason] = useState<Reason | null>(null)
  return (
    <Radio.Group
      label={t('orderSheet.why')}
      value={reason}
      onChange={(value) => {
        const chosen = REASONS.find((one) => one === value) ?? null
        setReason(chosen)
        choose(chosen ? { kind: 'block-line', reason: chosen } : undefined)
      }}
    >
      <Stack gap={8} mt={6}>
        {REASONS.map((one, index) => (
          <Radio
            key={one}
            value={one}
            label={t(`orderSheet.${one}`)}
            description={t(`orderSheet.${one}Hint`)}
            {...(index === 0 && { 'data-autofocus': true })}
          />
        ))}
      </Stack>
    </Radio.Group>
  )
}
