/**
 * The chat's window, loaded by the loader when it is first opened or when this visitor has written before.
 * It draws inside the closed shadow root that it is given, touches the page nowhere else (but for `overflow` of the
 * root element while it covers a phone's screen), and takes all words from the one locale that it is given.
 */
import { render } from 'preact'
import { browserShelf, createApi, createChat } from '../core/index.ts'
import type { WidgetApp, WidgetHost } from '../loader/host.ts'
import type { Texts } from '../locales/index.ts'
import { App } from './app.tsx'
import styles from './panel.css?inline'

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
  let pending = false
  let opener = () => {
    pending = true
  }
  const onOpener = (open: () => void) => {
    opener = open
    if (pending) open()
  }
  render(<App chat={chat} host={host} texts={texts} onOpener={onOpener} />, place)
  return { open: () => opener() }
}
