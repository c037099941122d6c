import { type RefObject, useEffect } from 'react'
import type { DraftContent } from './draft-keeper.ts'
import { offerFocus } from './focus.ts'
import { offerInsert } from './insert.ts'

/** Lets the rest of the desk put the cursor into the open field and words after those that stand there. */
export function useOpenField(
  field: RefObject<HTMLTextAreaElement | null>,
  written: RefObject<DraftContent>,
  change: (part: Partial<DraftContent>) => void,
): void {
  useEffect(
    () =>
      offerFocus((mode) => {
        change({ note: mode === 'note' })
        // At once, so that keys pressed right after are not lost; again after a blocked field opened for a note.
        field.current?.focus()
        setTimeout(() => field.current?.focus())
      }),
    [field, change],
  )
  useEffect(
    () =>
      offerInsert((words, where) => {
        const before = written.current.text.trimEnd()
        const note = where === 'note' ? { note: true } : {}
        change({ ...note, text: before === '' ? words : `${before}\n\n${words}` })
        field.current?.focus()
      }),
    [field, written, change],
  )
}
