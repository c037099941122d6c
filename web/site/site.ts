/**
 * What the demo site does besides standing there: takes the operator's name and the chat account from
 * `config.json`, adds the widget's script tag, and lets «ask» buttons open the chat.
 */
import '@fontsource-variable/golos-text'
import './site.css'

interface SiteConfig {
  readonly account: string
  readonly operator?: string
}

const isSiteConfig = (value: unknown): value is SiteConfig =>
  typeof value === 'object' && value !== null && 'account' in value && typeof value.account === 'string'

const readConfig = async (): Promise<SiteConfig | undefined> => {
  try {
    const response = await fetch(`${import.meta.env.BASE_URL}config.json`)
    const config: unknown = await response.json()
    return response.ok && isSiteConfig(config) ? config : undefined
  } catch {
    return undefined
  }
}

const nameOperator = (name: string): void => {
  document.title = document.title.replaceAll('Волна', name).replaceAll('Volna', name)
  for (const place of document.querySelectorAll('[data-operator]')) place.textContent = name
}

const addChat = (account: string): void => {
  const script = document.createElement('script')
  script.src = '/widget.js'
  script.async = true
  script.dataset.account = account
  script.dataset.locale = document.documentElement.lang
  script.addEventListener('load', () => {
    for (const button of document.querySelectorAll<HTMLElement>('[data-ask]')) {
      button.hidden = false
      button.addEventListener('click', () => document.dispatchEvent(new Event('otklik:open')))
    }
  })
  document.head.append(script)
}

const config = await readConfig()
if (config?.operator) nameOperator(config.operator)
if (config) addChat(config.account)
