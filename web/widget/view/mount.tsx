/**
 * The chat's window, loaded by the loader when it is first opened or when this visitor has written before.
 * It draws inside the closed shadow root that it is given, touches the page nowhere else (but for `overflow` of the
 * root element while it covers a phone's screen), and takes all words from the one locale that it is given.
 */
import { render } from 'preact'
import { browserShelf, type Chat, createApi, createChat } from '../core/index.ts'
import type { WidgetApp, WidgetHost } from '../loader/host.ts'
import type { Texts } from '../locales/index.ts'
import { App } from './app.tsx'
// biome-ignore lint/correctness/noUnresolvedImports: Vite gives the text of a style sheet as its default export
import styles from './panel.css?inline'

/** A window that changes its colours and words just after it opened looks broken; one that keeps one waiting, too. */
const CONFIG_PATIENCE_MS = 700

const configured = (chat: Chat): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(end, CONFIG_PATIENCE_MS)
    const leave = chat.subscribe(look)
    function end() {
      clearTimeout(timer)
      leave()
      resolve()
    }
    function look() {
      const { config, closed } = chat.get()
      if (config || closed) end()
    }
    look()
  })

/** Builds the chat into the loader's shadow root. */
export const mount = (host: WidgetHost, texts: Texts): WidgetApp => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(styles)
  host.shadow.adoptedStyleSheets = [...host.shadow.adoptedStyleSheets, sheet]

  const place = document.createElement('div')
  host.shadow.append(place)
  const chat = createChat({
    api: createApi(host.base),
    shelf: browserShelf(),
    account: host.account,
    locale: texts.locale,
    page: location.origin + location.pathname,
    realtimeUrl: `${host.base.replace(/^http/, 'ws')}/realtime`,
  })
  let opener = () => {}
  const onOpener = (open: () => void) => {
    opener = open
  }
  render(<App chat={chat} host={host} texts={texts} onOpener={onOpener} />, place)
  return {
    open: async () => {
      await configured(chat)
      opener()
    },
  }
}
