import { wordsOfScreen } from '../app/words.ts'
import { settingsEn } from '../locales/settings-en.ts'
import { settingsRu } from '../locales/settings-ru.ts'

/** The words of Settings, beside those of all screens. */
export const useSettingsWords = wordsOfScreen({ ru: settingsRu, en: settingsEn })
