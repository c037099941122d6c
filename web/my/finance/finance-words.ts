import { wordsOfScreen } from '../app/words.ts'
import { financeEn } from '../locales/finance-en.ts'
import { financeRu } from '../locales/finance-ru.ts'

/** The words of Finance, beside those of all screens. */
export const useFinanceWords = wordsOfScreen({ ru: financeRu, en: financeEn })
