import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import type { Ask } from './ask.ts'
import styles from './settings.module.css'
import { useSettingsWords } from './settings-words.ts'

/** What somebody may do with a number that is another’s, and how they give that up. */
export function LeaveLine({ ask }: { readonly ask: Ask }) {
  const { w } = useSettingsWords()
  return (
    <section class={parts.card} aria-labelledby="others-line">
      <h2 id="others-line">{w.line.others}</h2>
      <p class={styles.lead}>{w.line.othersLead}</p>
      <div class={styles.inline}>
        <Button
          look="soft"
          onClick={() =>
            ask({ kind: 'leave-line' }, w.access.leaveTitle, w.access.leaveConfirm, w.access.left)
          }
        >
          {w.access.leave}
        </Button>
      </div>
    </section>
  )
}
