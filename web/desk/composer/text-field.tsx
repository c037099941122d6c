import { type RefObject, useRef } from 'react'
import type { Conversation } from '../../../contracts/conversations.ts'
import { usePreference } from '../app/preferences.ts'
import { useWords } from '../app/words.ts'
import { live } from '../live/live.ts'
import styles from './composer.module.css'
import { MacroMenu, useMacroMenu } from './macro-menu.tsx'

const TELL_TYPING_MS = 3000

interface Props {
  readonly field: RefObject<HTMLTextAreaElement | null>
  readonly conversation: Conversation
  readonly text: string
  readonly note: boolean
  readonly blocked: boolean
  readonly onText: (text: string) => void
  readonly onFiles: (files: Iterable<File>) => void
  readonly onSend: () => void
}

/** The text itself: Enter or Ctrl+Enter sends, pasted pictures become files, `/` at the start offers macros. */
export function TextField({ field, conversation, text, note, blocked, onText, onFiles, onSend }: Props) {
  const { t } = useWords()
  const byEnter = usePreference('sendBy') !== 'ctrl-enter'
  const told = useRef(0)
  const macros = useMacroMenu(conversation, text, (filled) => {
    onText(filled)
    field.current?.focus()
  })

  function tellTyping(): void {
    if (note || Date.now() - told.current < TELL_TYPING_MS) return
    told.current = Date.now()
    live.tellTyping(conversation.id)
  }

  return (
    <MacroMenu menu={macros}>
      <textarea
        ref={field}
        className={styles.field}
        value={text}
        disabled={blocked}
        rows={2}
        aria-label={t(note ? 'composer.noteField' : 'composer.field')}
        placeholder={t(
          note ? 'composer.notePlaceholder' : blocked ? 'composer.blocked' : 'composer.placeholder',
        )}
        onChange={(event) => {
          onText(event.currentTarget.value)
          tellTyping()
        }}
        onPaste={(event) => {
          if (event.clipboardData.files.length === 0) return
          event.preventDefault()
          onFiles(event.clipboardData.files)
        }}
        onKeyDown={(event) => {
          if (macros.onKey(event) || event.nativeEvent.isComposing) return
          if (event.key === 'Escape') event.currentTarget.blur()
          if (event.key !== 'Enter' || event.shiftKey) return
          if (!byEnter && !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          onSend()
        }}
      />
    </MacroMenu>
  )
}
