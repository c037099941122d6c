import { ColorInput, NumberInput, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { useWords } from '../app/words.ts'
import type { SettingField } from './channel-forms.ts'

interface Props {
  readonly field: SettingField
  readonly value: unknown
  readonly change: (value: unknown) => void
  readonly wrong: boolean
}

const MODES = ['webhook', 'polling'] as const
const LANGUAGES = [
  { value: 'ru', label: 'Русский' },
  { value: 'en', label: 'English' },
]

const linesOf = (value: unknown): string =>
  Array.isArray(value) ? value.map(String).join('\n') : textOf(value)
const textOf = (value: unknown): string => (value === undefined || value === null ? '' : String(value))

const isEmpty = (value: unknown): boolean => textOf(value).trim() === ''

/** One setting of a door, asked for in the way that fits it. */
export function SettingInput({ field: { at, input, usual, hint }, value, change, wrong }: Props) {
  const { t } = useWords()
  const common = {
    label: t(`channelForm.label.${at}`),
    description: hint && t(`channelForm.hint.${hint}`),
    error: wrong && t(isEmpty(value) ? 'channelForm.empty' : 'channelForm.wrong'),
  }
  const placeholder = usual === undefined ? '' : t('channelForm.usual', { value: String(usual) })
  switch (input) {
    case 'text':
    case 'long': {
      const Field = input === 'long' ? Textarea : TextInput
      return (
        <Field
          {...common}
          placeholder={placeholder}
          value={textOf(value)}
          onChange={(event) => change(event.currentTarget.value)}
        />
      )
    }
    case 'date':
      return (
        <TextInput
          {...common}
          type="date"
          value={textOf(value)}
          onChange={(event) => change(event.currentTarget.value)}
        />
      )
    case 'lines':
      return (
        <Textarea
          {...common}
          autosize
          minRows={2}
          maxRows={6}
          value={linesOf(value)}
          // Lines that are still empty stay while somebody types; see `withoutEmptyLines`.
          onChange={(event) => change(event.currentTarget.value.split('\n'))}
        />
      )
    case 'number':
      return (
        <NumberInput
          {...common}
          placeholder={placeholder}
          allowDecimal={false}
          min={0}
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => change(next === '' ? undefined : Number(next))}
        />
      )
    case 'switch':
      return (
        <Switch
          {...common}
          checked={value === undefined ? usual === true : value === true}
          onChange={(event) => change(event.currentTarget.checked)}
        />
      )
    case 'colour':
      return <ColorInput {...common} placeholder={placeholder} value={textOf(value)} onChange={change} />
    case 'mode':
    case 'language':
      return (
        <Select
          {...common}
          allowDeselect={false}
          data={
            input === 'language'
              ? LANGUAGES
              : MODES.map((one) => ({ value: one, label: t(`channelForm.mode.${one}`) }))
          }
          value={textOf(value ?? usual)}
          onChange={change}
        />
      )
  }
}
