import parts from './parts.module.css'

/** As much as the server takes. */
const MOST_CHARACTERS = 2000

interface Props {
  readonly label: string
  readonly value: string
  readonly onInput: (words: string) => void
}

/** Where somebody says something in words of their own. */
export function WordsField({ label, value, onInput }: Props) {
  return (
    <label class={parts.field}>
      <span>{label}</span>
      <textarea
        class={parts.input}
        rows={3}
        maxLength={MOST_CHARACTERS}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </label>
  )
}
