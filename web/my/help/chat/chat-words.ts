import { wordsOfScreen } from '../../app/words.ts'
import { chatEn } from '../../locales/chat-en.ts'
import { chatRu } from '../../locales/chat-ru.ts'

/** The words of the chat, beside those of all screens. */
export const useChatWords = wordsOfScreen({ ru: chatRu, en: chatEn })
