import { Mood } from '../../../contracts/market.ts'
import styles from './market.module.css'
import { MOOD_FACE, useMarketWords } from './market-words.ts'

const MOST = 3

interface Props {
  readonly value: readonly Mood[]
  readonly onChoose: (moods: readonly Mood[]) => void
}

/** Up to three moods, in the order in which they were chosen. */
export function MoodChoice({ value, onChoose }: Props) {
  const { m } = useMarketWords()
  return (
    <fieldset class={styles.moodChoice}>
      <legend>{m.sell.moods}</legend>
      <p class={styles.note}>{m.sell.moodsWhat}</p>
      <div class={styles.faces}>
        {Mood.options.map((mood) => {
          const isChosen = value.includes(mood)
          return (
            <button
              key={mood}
              type="button"
              class={styles.face}
              aria-label={m.moods[mood]}
              aria-pressed={isChosen}
              disabled={!isChosen && value.length >= MOST}
              onClick={() => onChoose(isChosen ? value.filter((one) => one !== mood) : [...value, mood])}
            >
              {MOOD_FACE[mood]}
            </button>
          )
        })}
      </div>
    </fieldset>
  )
}
