type Mode = 'reply' | 'note'
let focus: ((mode: Mode) => void) | null = null

/** Puts the cursor into the composer of the open conversation. */
export const focusComposer = (mode: Mode) => focus?.(mode)

/** The open composer says how it is focused; gives the way to withdraw. */
export function offerFocus(how: (mode: Mode) => void): () => void {
  focus = how
  return () => {
    if (focus === how) focus = null
  }
}
