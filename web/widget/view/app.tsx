import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { type Chat, type ChatView, unreadOf } from '../core/index.ts'
import type { WidgetHost } from '../loader/host.ts'
import { bend, type Texts } from '../locales/index.ts'
import { SurroundingsContext } from './context.ts'
import type { HelpPlace } from './help-place.ts'
import { Panel } from './panel.tsx'
import { themeSheet } from './theme-sheet.ts'

const useChat = (chat: Chat): ChatView => {
  const [view, setView] = useState(chat.get)
  useEffect(() => chat.subscribe(() => setView(chat.get())), [chat])
  return view
}

/** To the text where there is a real keyboard; an on-screen one would cover what the person reads. */
const focusHome = (shadow: ShadowRoot): void => {
  const home = matchMedia('(pointer: fine)').matches ? 'textarea' : '.panel'
  shadow.querySelector<HTMLElement>(home)?.focus()
}

/** More than that nobody counts. */
const BADGE_MAX = 99

interface AppProps {
  readonly chat: Chat
  readonly host: WidgetHost
  readonly texts: Texts
  /** Gives out the function that opens the chat. */
  readonly onOpener: (open: () => void) => void
}

/** Joins the launcher, which the loader drew, with the panel. */
export const App = ({ chat, host, texts, onOpener }: AppProps) => {
  const view = useChat(chat)
  const [open, setOpen] = useState(false)
  const wasOpen = useRef(false)
  const { launcher, badge, options, shadow } = host
  const unread = unreadOf(view)

  const [help, setHelp] = useState<HelpPlace | null>(null)

  const surroundings = useMemo(
    () => ({
      texts,
      chat,
      base: host.base,
      loadHelp: host.loadHelp,
      openArticle: (key: string) => setHelp({ key, fromChat: true }),
      focusHome: () => focusHome(shadow),
    }),
    [texts, chat, host, shadow],
  )

  // At once: a click may have been waiting for the chat to be there, and effects wait for the next picture.
  useLayoutEffect(() => onOpener(() => setOpen(true)), [onOpener])
  useEffect(() => {
    launcher.hidden = open
    launcher.ariaExpanded = String(open)
    if (!open && wasOpen.current) launcher.focus()
    wasOpen.current = open
  }, [open, launcher])
  useEffect(() => {
    badge.textContent = unread === 0 ? '' : unread > BADGE_MAX ? `${BADGE_MAX}+` : String(unread)
    launcher.ariaLabel = unread ? bend(texts, texts.openUnread, unread) : texts.open
  }, [unread, badge, launcher, texts])

  const accent = options.accent ?? view.config?.accent ?? ''
  const radius = Number(options.radius ?? view.config?.radius ?? 16)
  useEffect(() => {
    const sheet = themeSheet(accent, radius)
    shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet]
    // The loader's first guess gives way to the theme that fits light and dark.
    if (shadow.host instanceof HTMLElement) shadow.host.style.removeProperty('--otk-accent')
    return () => {
      shadow.adoptedStyleSheets = shadow.adoptedStyleSheets.filter((one) => one !== sheet)
    }
  }, [accent, radius, shadow])

  return (
    <SurroundingsContext.Provider value={surroundings}>
      <Panel
        view={view}
        account={host.account}
        operator={options.operator ?? view.config?.operator ?? ''}
        open={open}
        onClose={() => setOpen(false)}
        help={help}
        onHelp={setHelp}
      />
    </SurroundingsContext.Provider>
  )
}
