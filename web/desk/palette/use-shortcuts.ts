import { useEffect, useRef } from 'react'

/** `mod+K`, `shift+Slash`, `KeyJ`: physical keys, so that they work in the Russian layout too. */
type Shortcuts = Readonly<Record<string, (event: KeyboardEvent) => void>>

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

const nameOf = (event: KeyboardEvent) =>
  [
    event.metaKey || event.ctrlKey ? 'mod' : '',
    event.shiftKey ? 'shift' : '',
    event.code.replace(/^Key(?=.)/, ''),
  ]
    .filter(Boolean)
    .join('+')

/** Answers keys while nothing is being typed and no dialog is open; with Ctrl or Cmd, always. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.isComposing) return
      const act = latest.current[nameOf(event)]
      const busy = isTyping(event.target) || document.querySelector('[role="dialog"]') !== null
      if (!act || (busy && !(event.metaKey || event.ctrlKey))) return
      event.preventDefault()
      act(event)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
