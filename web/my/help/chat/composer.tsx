import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { MESSAGE_LIMITS } from '../../../../contracts/my.ts'
import { keepDraft, readDraft, write } from '../../data/outbox.ts'
import { useSession } from '../../data/session.ts'
import { CameraIcon, ClipIcon, SendIcon } from '../../parts/icons.tsx'
import styles from './chat.module.css'
import { useChatWords } from './chat-words.ts'
import { FileTray } from './file-tray.tsx'
import { addFiles, emptyTray, useTray } from './tray.ts'

/** Where somebody writes, and puts files beside it. */
export function Composer({ onHeight }: { onHeight: (height: number) => void }) {
  const { w } = useChatWords()
  const [text, setText] = useState(readDraft)
  const { tray, notTaken } = useTray(useSession().value?.subscriberId)
  const form = useHeight(onHeight)
  useEffect(() => keepDraft(text), [text])
  const files = tray.flatMap(({ uploaded }) => uploaded ?? [])
  const isSendable = files.length === tray.length && (text.trim() !== '' || files.length > 0)
  const send = () => {
    if (!isSendable) return
    write({ text: text.trim(), files })
    setText('')
    emptyTray()
  }
  return (
    <form
      ref={form}
      class={styles.composer}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <FileTray tray={tray} notTaken={notTaken} />
      <div class={styles.field}>
        <Picker label={w.chat.files.attach} multiple>
          <ClipIcon />
        </Picker>
        <div class={styles.camera}>
          <Picker label={w.chat.files.photograph} accept="image/*" capture="environment">
            <CameraIcon />
          </Picker>
        </div>
        <textarea
          aria-label={w.chat.message}
          placeholder={w.chat.message}
          rows={1}
          value={text}
          maxLength={MESSAGE_LIMITS.textMax}
          onInput={(event) => setText(event.currentTarget.value)}
          onPaste={(event) => {
            const pasted = event.clipboardData?.files
            if (!pasted?.length) return
            event.preventDefault()
            addFiles(pasted)
          }}
          onKeyDown={(event) => {
            // Enter sends where there is a keyboard; on a phone it is a new line.
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
            if (!matchMedia('(pointer: fine)').matches) return
            event.preventDefault()
            send()
          }}
        />
        <button type="submit" class={styles.send} aria-label={w.chat.send} disabled={!isSendable}>
          <SendIcon />
        </button>
      </div>
    </form>
  )
}

interface PickerProps {
  readonly label: string
  readonly children: preact.ComponentChildren
  readonly multiple?: boolean
  readonly accept?: string
  readonly capture?: 'environment'
}

/** A button that opens the phone's own choice of files, or its camera. */
function Picker({ label, children, ...choice }: PickerProps) {
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  return (
    <>
      <input
        ref={input}
        id={id}
        type="file"
        hidden
        aria-label={label}
        {...choice}
        onChange={(event) => {
          addFiles(event.currentTarget.files ?? [])
          // The same file may be chosen once more after it was removed.
          event.currentTarget.value = ''
        }}
      />
      <button type="button" class={styles.pick} aria-label={label} onClick={() => input.current?.click()}>
        {children}
      </button>
    </>
  )
}

/** Tells how high the form stands over the story, so that nothing hides behind it. */
function useHeight(onHeight: (height: number) => void) {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const { current } = form
    if (!current) return
    const observer = new ResizeObserver(() => onHeight(current.offsetHeight))
    observer.observe(current)
    return () => observer.disconnect()
  }, [onHeight])
  return form
}
