import { Button } from '@mantine/core'
import { IconVolumeOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useAssistantWords } from '../words.ts'
import styles from './trial.module.css'

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#']
const MOST_DIGITS = 30

interface Props {
  /** What the keys do now; empty: digits are gathered until `#`. */
  readonly keys: Readonly<Record<string, number>>
  readonly disabled: boolean
  readonly choose: (place: number) => void
  readonly enter: (digits: string) => void
  readonly beSilent: () => void
}

/** The keys of a telephone. At a choice one key decides; a number is ended by `#`, `*` takes it back. */
export function Keypad({ keys, disabled, choose, enter, beSilent }: Props) {
  const { t } = useAssistantWords()
  const [digits, setDigits] = useState('')
  const chooses = Object.keys(keys).length > 0
  const press = (key: string) => {
    const place = keys[key]
    if (place !== undefined) return choose(place)
    if (chooses || key === '*') return setDigits('')
    if (key === '#') return digits === '' ? undefined : enter(digits)
    setDigits((before) => (before + key).slice(0, MOST_DIGITS))
  }
  return (
    <div className={styles.phone}>
      <output className={styles.digits} aria-label={t('trial.digits')}>
        {digits || (chooses ? t('trial.pressKey') : t('trial.enterDigits'))}
      </output>
      <fieldset className={styles.keys} aria-label={t('trial.keys')}>
        {KEYS.map((key) => (
          <Button
            key={key}
            variant="default"
            disabled={disabled}
            data-live={chooses ? keys[key] !== undefined : undefined}
            onClick={() => press(key)}
          >
            {key}
          </Button>
        ))}
      </fieldset>
      <Button
        variant="subtle"
        color="gray"
        leftSection={<IconVolumeOff size={14} />}
        disabled={disabled}
        onClick={beSilent}
      >
        {t('trial.beSilent')}
      </Button>
    </div>
  )
}
