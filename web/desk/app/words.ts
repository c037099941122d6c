import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import type { Locale } from '../../../contracts/primitives.ts'
import type { AssistantWords } from '../assistant/locales/ru.ts'
import type { Words } from '../locales/words.ts'
import { readPreference, writePreference } from './preferences.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: Words; assistant: AssistantWords }
  }
}

const load = {
  ru: async () => (await import('../locales/ru.ts')).ru,
  en: async () => (await import('../locales/en.ts')).en,
} as const

/** What was chosen here, else what the browser speaks: a newcomer has to read the door before they can choose. */
const preferred = (): Locale =>
  (readPreference('language') ?? navigator.language).startsWith('en') ? 'en' : 'ru'

/** Loads the reader's language before the first paint; the other one stays on the server until asked for. */
export async function startWords(): Promise<void> {
  const lng = preferred()
  document.documentElement.lang = lng
  await i18next.use(initReactI18next).init({
    lng,
    resources: { [lng]: { translation: await load[lng]() } },
    interpolation: { escapeValue: false },
  })
}

/** Switches the language of the whole desk. */
export async function changeLanguage(locale: Locale): Promise<void> {
  i18next.addResourceBundle(locale, 'translation', await load[locale]())
  await i18next.changeLanguage(locale)
  document.documentElement.lang = locale
  writePreference('language', locale)
}

/** The words of the screen and the locale in force. */
export function useWords() {
  const { t, i18n } = useTranslation()
  const locale: Locale = i18n.language === 'en' ? 'en' : 'ru'
  return { t, locale }
}
