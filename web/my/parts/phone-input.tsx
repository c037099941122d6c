import parts from './parts.module.css'

interface Props {
  readonly value: string
  readonly onValue: (value: string) => void
  /** What it is called, or the id by which its label does. */
  readonly label?: string
  readonly id?: string
}

/** Somebody else's number, as people write it; `msisdnIn` reads it. */
export function PhoneInput({ value, onValue, label, id }: Props) {
  return (
    <input
      id={id}
      class={parts.input}
      aria-label={label}
      placeholder="+7"
      type="tel"
      inputMode="tel"
      autoComplete="off"
      value={value}
      onInput={(event) => onValue(event.currentTarget.value)}
    />
  )
}

/** The number that was written, digits alone with the country before them: «8 900 …» and «900 …» are 7900…. Undefined: it is not whole yet. */
export function msisdnIn(text: string): string | undefined {
  const msisdn = text
    .replace(/\D/g, '')
    .replace(/^8(?=\d{10}$)/, '7')
    .replace(/^9\d{9}$/, '7$&')
  return msisdn.length === 11 ? msisdn : undefined
}
