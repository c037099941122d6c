import { useState } from 'preact/hooks'
import { problemText } from '../../shared/problems/index.ts'
import { readKnocks, turnKnocksOff, turnKnocksOn } from '../data/push.ts'
import { keepReading, useReading } from '../data/reading.ts'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import { Shown } from '../parts/states.tsx'
import { say } from '../parts/toast.tsx'
import styles from './settings.module.css'
import { useSettingsWords } from './settings-words.ts'

/** Whether this device tells when something happened. The knock carries no content: whoever sees the locked screen learns nothing. */
export function Notifications() {
  const { w, locale } = useSettingsWords()
  const reading = useReading('knocks', readKnocks)
  const [busy, setBusy] = useState(false)
  const turn = async (act: typeof turnKnocksOn) => {
    setBusy(true)
    try {
      keepReading('knocks', await act())
    } catch (error) {
      const isBrowsers = error instanceof DOMException
      say({ text: isBrowsers ? w.settings.knocksFailed : problemText(error, locale), tone: 'trouble' })
    } finally {
      setBusy(false)
    }
  }
  return (
    <section class={parts.card} aria-labelledby="notifications">
      <h2 id="notifications">{w.settings.knocks}</h2>
      <Shown reading={reading} rows={1}>
        {(knocks) => (
          <div class={styles.row}>
            <span>
              <b>{w.settings.knocksAre[knocks]}</b>
              <small>{w.settings.knocksLead[knocks]}</small>
            </span>
            {knocks === 'off' && (
              <Button look="soft" busy={busy} onClick={() => void turn(turnKnocksOn)}>
                {w.settings.turnOn}
              </Button>
            )}
            {knocks === 'on' && (
              <Button look="plain" busy={busy} onClick={() => void turn(turnKnocksOff)}>
                {w.settings.turnOff}
              </Button>
            )}
          </div>
        )}
      </Shown>
    </section>
  )
}
