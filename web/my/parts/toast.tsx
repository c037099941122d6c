import { useEffect, useState } from 'preact/hooks'
import styles from './parts.module.css'

/** A quiet word at the bottom; with `act` it can be taken back as long as it stands. */
export interface Said {
  readonly text: string
  readonly act?: { readonly label: string; readonly run: () => void } | undefined
  readonly forMs?: number | undefined
  readonly tone?: 'plain' | 'trouble' | undefined
}

const USUAL_MS = 5_000
let show: (said: Said | undefined) => void = () => undefined

/** Says something; what was said before gives way. */
export const say = (said: Said): void => show(said)

export function Toasts() {
  const [said, setSaid] = useState<Said>()
  useEffect(() => {
    show = setSaid
    return () => {
      show = () => undefined
    }
  }, [])
  useEffect(() => {
    if (!said) return
    const timer = setTimeout(() => setSaid(undefined), said.forMs ?? USUAL_MS)
    return () => clearTimeout(timer)
  }, [said])
  return (
    <div class={styles.toasts} role="status" aria-live="polite">
      {said && (
        <div class={styles.toast} data-tone={said.tone ?? 'plain'}>
          <span>{said.text}</span>
          {said.act && (
            <button
              type="button"
              class={styles.toastAct}
              onClick={() => {
                said.act?.run()
                setSaid(undefined)
              }}
            >
              {said.act.label}
            </button>
          )}
        </div>
      )}
    </div>
  )
}
