import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { type ChatView, OUTBOX_MAX } from '../core/index.ts'
import { bend, type Texts } from '../locales/index.ts'
import { useSurroundings } from './context.ts'
import { useDraft } from './draft.ts'
import { ClipIcon, SendIcon } from './icons.tsx'
import { Tray } from './tray.tsx'
import type { useUploads } from './uploads.ts'

/** From here on the person is told how much room is left. */
const TELL_LEFT = 200
const TEXT_MAX = 4000

interface ComposerProps {
  readonly view: ChatView
  readonly account: string
  readonly open: boolean
  readonly files: ReturnType<typeof useUploads>
}

/** The field is as high as what stands in it. */
const useGrowth = (field: RefObject<HTMLElement | null>, draft: string, open: boolean): void => {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text decides the height
  useLayoutEffect(() => {
    const { current } = field
    if (!current) return
    current.style.height = 'auto'
    current.style.height = `${current.scrollHeight}px`
  }, [draft, open])
}

const leftWords = (texts: Texts, left: number): string => {
  if (left < 0) return bend(texts, texts.charactersOver, -left)
  return left < TELL_LEFT ? bend(texts, texts.charactersLeft, left) : ''
}

const FilePicker = ({ onFiles }: { onFiles: (files: Iterable<File>) => void }) => {
  const { texts } = useSurroundings()
  const picker = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onFiles(event.currentTarget.files ?? [])
          event.currentTarget.value = ''
        }}
      />
      <button type="button" class="icon" aria-label={texts.attach} onClick={() => picker.current?.click()}>
        <ClipIcon />
      </button>
    </>
  )
}

/** Where the visitor writes. Enter sends, Shift+Enter breaks the line; on touch keyboards Enter breaks the line. */
export const Composer = ({ view, account, open, files }: ComposerProps) => {
  const { texts, chat } = useSurroundings()
  const [draft, setDraft] = useDraft(account)
  const [full, setFull] = useState(false)
  const input = useRef<HTMLTextAreaElement>(null)

  const ready = files.uploads.flatMap(({ done }) => (done ? [done.id] : []))
  const busy = ready.length < files.uploads.length
  const left = (view.config?.textMax ?? TEXT_MAX) - draft.length
  const sendable = (draft.trim() !== '' || ready.length > 0) && !busy && left >= 0

  useEffect(() => {
    // On a phone the keyboard would hide what the person came to read.
    if (open && matchMedia('(pointer: fine)').matches) input.current?.focus()
  }, [open])
  useGrowth(input, draft, open)

  const send = () => {
    if (!sendable) return
    const taken = chat.say({ text: draft.trim(), attachmentIds: ready })
    setFull(!taken)
    input.current?.focus()
    if (!taken) return
    setDraft('')
    files.clear()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    if (!matchMedia('(pointer: fine)').matches) return
    event.preventDefault()
    send()
  }
  const onPaste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData?.files
    if (!pasted?.length) return
    event.preventDefault()
    files.add(pasted)
  }
  const note = (full && bend(texts, texts.outboxFull, OUTBOX_MAX)) || files.trouble || leftWords(texts, left)

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {files.uploads.length > 0 && (
        <Tray uploads={files.uploads} onAgain={files.again} onRemove={files.remove} />
      )}
      <div class="note" role="status">
        {note}
      </div>
      <div class="field">
        <FilePicker onFiles={files.add} />
        <textarea
          ref={input}
          rows={1}
          value={draft}
          aria-label={texts.message}
          aria-invalid={left < 0}
          placeholder={texts.placeholder}
          onInput={(event) => {
            setDraft(event.currentTarget.value)
            setFull(false)
            chat.typing()
          }}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <button type="submit" class="icon send" aria-label={texts.send} aria-disabled={!sendable}>
          <SendIcon />
        </button>
      </div>
    </form>
  )
}
