import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { useWords } from '../app/words.ts'
import { CloseIcon } from './icons.tsx'
import styles from './parts.module.css'

interface Props {
  readonly title: string
  readonly onClose: () => void
  /** For what needs all the width that there is: a picture. */
  readonly wide?: boolean
  readonly children: ComponentChildren
}

/** To where somebody was; if that has gone meanwhile, to the screen. */
function giveBackFocus(before: Element | null): void {
  if (document.activeElement !== document.body) return
  const place = before?.isConnected && before !== document.body ? before : document.querySelector('main')
  if (place instanceof HTMLElement) place.focus()
}

/** One question above the screen: a native dialog, so that focus, Esc and what lies behind behave as people know them. */
export function Sheet({ title, onClose, wide = false, children }: Props) {
  const { w } = useWords()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    const before = document.activeElement
    element?.showModal()
    // Outside of the paper: on the dialog itself. Esc does the same for who has no pointer.
    const outside = (event: MouseEvent) => event.target === element && element?.close()
    element?.addEventListener('click', outside)
    return () => {
      element?.removeEventListener('click', outside)
      // A dialog that is taken away, because what it asked for is done, leaves the focus nowhere.
      setTimeout(() => giveBackFocus(before))
    }
  }, [])
  return (
    <dialog ref={dialog} class={styles.sheet} data-wide={wide} aria-label={title} onClose={onClose}>
      <div class={styles.paper}>
        <header class={styles.sheetHead}>
          <h2>{title}</h2>
          <button
            type="button"
            class={styles.iconButton}
            aria-label={w.app.close}
            onClick={() => dialog.current?.close()}
          >
            <CloseIcon />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  )
}
