import { useEffect, useRef, useState } from 'preact/hooks'
import { type ChatView, unreadOf } from '../core/index.ts'
import { bend, fill } from '../locales/index.ts'
import { Composer } from './composer.tsx'
import { useSurroundings } from './context.ts'
import { useFullScreen, useVisibleArea } from './full-screen.ts'
import { HelpFrame } from './help-frame.tsx'
import type { HelpPlace } from './help-place.ts'
import { BackIcon, CloseIcon } from './icons.tsx'
import { Log } from './log.tsx'
import { refusalWords } from './refusals.ts'
import { useUploads } from './uploads.ts'

/** A short break of the line is nobody's business. */
const SAY_BROKEN_AFTER_MS = 3_000
/** Nothing can be written where there is no chat. */
const SHUT = new Set(['origin_not_allowed', 'not_found'])

/** One line above the conversation: why something waits, and what happens next. */
const Notice = ({ view }: { view: ChatView }) => {
  const { texts } = useSurroundings()
  const broken = view.line === 'down' || view.hold === 'offline'
  const [late, setLate] = useState(false)
  useEffect(() => {
    if (!broken) return setLate(false)
    const timer = setTimeout(() => setLate(true), SAY_BROKEN_AFTER_MS)
    return () => clearTimeout(timer)
  }, [broken])
  const hold = view.hold === 'offline' ? null : view.hold
  const code = view.closed ?? hold ?? (broken && late && view.unsent.length > 0 ? 'offline' : null)
  const words = code ? refusalWords(texts, code, view.config) : broken && late ? texts.connecting : ''
  return (
    <div class="notice" role="status">
      {words}
    </div>
  )
}

/** Keeps Tab inside while the chat covers the page. */
const keepFocus = (event: KeyboardEvent, panel: HTMLElement | null): void => {
  const root = panel?.getRootNode()
  if (!panel || !(root instanceof ShadowRoot)) return
  const stops = [
    ...panel.querySelectorAll<HTMLElement>('button, a[href], textarea, input, [tabindex="0"]'),
  ].filter((stop) => !stop.closest('[inert], [hidden]'))
  const edge = event.shiftKey ? stops[0] : stops.at(-1)
  if (root.activeElement !== edge) return
  event.preventDefault()
  const other = event.shiftKey ? stops.at(-1) : stops[0]
  other?.focus()
}

interface PanelProps {
  readonly view: ChatView
  readonly account: string
  readonly operator: string
  readonly open: boolean
  readonly onClose: () => void
  readonly help: HelpPlace | null
  readonly onHelp: (place: HelpPlace | null) => void
}

/** What stands above: who this is, or the way back from help; help; close. */
const Head = ({ view, operator, onClose, help, onHelp }: Omit<PanelProps, 'account' | 'open'>) => {
  const { texts } = useSurroundings()
  const unread = unreadOf(view)
  if (!help)
    return (
      <div class="head">
        <h2>{operator}</h2>
        <button type="button" class="link" onClick={() => onHelp({ key: null, fromChat: false })}>
          {texts.help}
        </button>
        <CloseButton onClose={onClose} />
      </div>
    )
  const toSearch = help.key !== null && !help.fromChat
  return (
    <div class="head back">
      <button
        type="button"
        class="icon"
        aria-label={toSearch ? texts.toHelp : unread ? bend(texts, texts.toChatUnread, unread) : texts.toChat}
        onClick={() => onHelp(toSearch ? { key: null, fromChat: false } : null)}
      >
        <BackIcon />
        {unread > 0 && !toSearch && <span class="news" />}
      </button>
      <h2>{texts.help}</h2>
      <CloseButton onClose={onClose} />
    </div>
  )
}

const CloseButton = ({ onClose }: { onClose: () => void }) => {
  const { texts } = useSurroundings()
  return (
    <button type="button" class="icon" aria-label={texts.close} onClick={onClose}>
      <CloseIcon />
    </button>
  )
}

/** The chat's window: beside the page where there is room, over it on a phone. */
export const Panel = ({ view, account, operator, open, onClose, help, onHelp }: PanelProps) => {
  const { texts, chat, focusHome } = useSurroundings()
  const panel = useRef<HTMLDivElement>(null)
  const fullScreen = useFullScreen()
  const [dragging, setDragging] = useState(false)
  const files = useUploads()
  useVisibleArea(panel, open && fullScreen)

  useEffect(() => {
    if (open && !panel.current?.contains(activeIn(panel.current))) panel.current?.focus()
  }, [open])
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever has come into view is seen
  useEffect(() => {
    if (!open || help) return
    const see = () => {
      if (!document.hidden && document.hasFocus()) chat.seen()
    }
    see()
    window.addEventListener('focus', see)
    document.addEventListener('visibilitychange', see)
    return () => {
      window.removeEventListener('focus', see)
      document.removeEventListener('visibilitychange', see)
    }
  }, [open, chat, view, help])

  const onKeyDown = (event: KeyboardEvent) => {
    // The page's own shortcuts must not hear what is typed here.
    event.stopPropagation()
    if (event.key === 'Escape' && !event.isComposing) onClose()
    if (event.key === 'Tab' && fullScreen) keepFocus(event, panel.current)
  }
  const toHelp = (place: HelpPlace | null) => {
    onHelp(place)
    // The chat wakes up with the next frame; until then nothing in it can have the focus.
    if (!place) requestAnimationFrame(focusHome)
  }
  const withFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false

  return (
    <div
      ref={panel}
      class={`panel ${fullScreen ? 'full' : ''}`}
      role="dialog"
      aria-modal={fullScreen}
      aria-label={fill(texts.dialog, { operator })}
      tabIndex={-1}
      hidden={!open}
      onKeyDown={onKeyDown}
      onKeyUp={(event) => event.stopPropagation()}
      onKeyPress={(event) => event.stopPropagation()}
      onDragOver={(event) => {
        if (!withFiles(event)) return
        event.preventDefault()
        setDragging(true)
      }}
      onDragLeave={(event) => {
        if (event.target === event.currentTarget || !event.relatedTarget) setDragging(false)
      }}
      onDrop={(event) => {
        setDragging(false)
        if (!withFiles(event)) return
        event.preventDefault()
        files.add(event.dataTransfer?.files ?? [])
      }}
    >
      <Head view={view} operator={operator} onClose={onClose} help={help} onHelp={toHelp} />
      <div class="body">
        <div class="chat" inert={help !== null}>
          <Notice view={view} />
          <Log view={view} open={open && !help} />
          {!SHUT.has(view.closed ?? '') && (
            <Composer view={view} account={account} open={open} files={files} />
          )}
        </div>
        {help && <HelpFrame place={help} onPlace={toHelp} />}
      </div>
      {dragging && <div class="drop">{texts.drop}</div>}
    </div>
  )
}

const activeIn = (node: Node | null): Element | null => {
  const root = node?.getRootNode()
  return root instanceof ShadowRoot ? root.activeElement : null
}
