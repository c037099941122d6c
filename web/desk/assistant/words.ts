import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Locale } from '../../../contracts/primitives.ts'
import { assistantEn } from './locales/en.ts'
import { assistantRu } from './locales/ru.ts'

// They come with the room itself: whoever never enters it does not load them.
i18next.addResourceBundle('ru', 'assistant', assistantRu)
i18next.addResourceBundle('en', 'assistant', assistantEn)

/** The words of the assistant's room and the locale in force. */
export function useAssistantWords() {
  const { t, i18n } = useTranslation('assistant')
  const locale: Locale = i18n.language === 'en' ? 'en' : 'ru'
  return { t, locale }
}

export type T = ReturnType<typeof useAssistantWords>['t']
