import { Button } from '../parts/button.tsx'
import type { Ask } from './ask.ts'
import styles from './settings.module.css'
import { useSettingsWords } from './settings-words.ts'

const REASONS = ['lost', 'voluntary'] as const

/** Stops the number: because its SIM is lost, which is told at all the person's other addresses, or for a while. */
export function Block({ ask }: { readonly ask: Ask }) {
  const { w } = useSettingsWords()
  return (
    <>
      {REASONS.map((reason) => {
        const words = w.settings.blocks[reason]
        return (
          <li key={reason} class={styles.row}>
            <span>
              <b>{words.title}</b>
              <small>{words.lead}</small>
            </span>
            <Button
              look="soft"
              aria-label={`${words.act}: ${words.title}`}
              onClick={() => ask({ kind: 'block-line', reason }, words.ask, words.act, words.done)}
            >
              {words.act}
            </Button>
          </li>
        )
      })}
    </>
  )
}
