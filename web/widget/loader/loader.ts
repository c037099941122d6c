import { launcherTexts } from '../locales/launcher.ts'
import type { Texts } from '../locales/texts.ts'
import type { WidgetApp, WidgetHost } from './host.ts'
// biome-ignore lint/correctness/noUnresolvedImports: Vite gives the text of a style sheet as its default export
import styles from './launcher.css?inline'

/** File names of the chunks, relative to the script; put in by the build. */
declare const __CHUNKS__: { readonly [part in 'app' | 'help' | 'ru' | 'en']: string }

const svg = (paths: string): SVGElement => {
  const namespace = 'http://www.w3.org/2000/svg'
  const picture = document.createElementNS(namespace, 'svg')
  const path = document.createElementNS(namespace, 'path')
  for (const [name, value] of Object.entries({
    viewBox: '0 0 24 24',
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': '1.8',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'aria-hidden': 'true',
  })) {
    picture.setAttribute(name, value)
  }
  path.setAttribute('d', paths)
  picture.append(path)
  return picture
}

const element = <K extends keyof HTMLElementTagNameMap>(name: K, className: string) => {
  const made = document.createElement(name)
  made.className = className
  return made
}

/** Whether this visitor has written before: then the chat is loaded at once, so that an answer is noticed. */
const hasHistory = (account: string): boolean => {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith(`otklik:${account}:`))
  } catch {
    return false
  }
}

const start = (script: HTMLScriptElement): void => {
  const options: Readonly<Record<string, string | undefined>> = { ...script.dataset }
  const account = options.account ?? ''
  const page = document.documentElement.lang
  const locale = (options.locale ?? page).toLowerCase().startsWith('en') ? 'en' : 'ru'
  const words = launcherTexts[locale]

  const host = document.createElement('otklik-chat')
  host.lang = locale
  if (options.position === 'left') host.dataset.position = 'left'
  if (options.theme) host.dataset.theme = options.theme
  if (options.accent) host.style.setProperty('--otk-accent', options.accent)
  const shadow = host.attachShadow({ mode: 'closed' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(styles)
  shadow.adoptedStyleSheets = [sheet]

  const launcher = element('button', 'launcher')
  launcher.type = 'button'
  launcher.setAttribute('aria-label', words.open)
  launcher.setAttribute('aria-haspopup', 'dialog')
  launcher.setAttribute('aria-expanded', 'false')
  const badge = element('span', 'badge')
  badge.ariaHidden = 'true'
  launcher.append(
    svg(
      'M4 6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v7a2.5 2.5 0 0 1-2.5 2.5H11l-4.5 4v-4A2.5 2.5 0 0 1 4 13.5zM8 8.5h8M8 11.8h5',
    ),
    badge,
  )
  const trouble = element('div', 'trouble')
  trouble.setAttribute('role', 'status')
  shadow.append(launcher, trouble)

  let attempt = 0
  // A browser may remember a failed module under its address: ask under another one.
  const chunk = (name: keyof typeof __CHUNKS__, again: number) =>
    import(/* @vite-ignore */ new URL(__CHUNKS__[name] + (again ? `?${again + 1}` : ''), script.src).href)
  let helpAttempt = 0
  const widgetHost: WidgetHost = {
    shadow,
    launcher,
    badge,
    account,
    options,
    base: new URL(script.src).origin,
    loadHelp: () => chunk('help', helpAttempt++),
  }
  let app: Promise<WidgetApp> | undefined
  const load = async (): Promise<WidgetApp> => {
    const again = attempt++
    const [{ mount }, { texts }]: [
      { mount: (host: WidgetHost, texts: Texts) => WidgetApp },
      { texts: Texts },
    ] = await Promise.all([chunk('app', again), chunk(locale, again)])
    return mount(widgetHost, texts)
  }
  const ensure = async (): Promise<WidgetApp | undefined> => {
    app ??= load()
    try {
      return await app
    } catch {
      app = undefined
      return undefined
    }
  }
  const open = async () => {
    trouble.textContent = ''
    launcher.ariaBusy = 'true'
    const loaded = await ensure()
    await loaded?.open()
    launcher.ariaBusy = 'false'
    if (!loaded) trouble.textContent = words.failed
  }
  const begin = () => {
    document.body.append(host)
    if (hasHistory(account)) void ensure()
  }

  launcher.addEventListener('click', () => void open())
  document.addEventListener('otklik:open', () => void open())
  if (document.body) begin()
  else document.addEventListener('DOMContentLoaded', begin)
}

// A second tag on the same page (a tag manager's doing) adds nothing.
if (document.currentScript instanceof HTMLScriptElement && !document.querySelector('otklik-chat')) {
  start(document.currentScript)
}
