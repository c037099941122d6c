import { useEffect, useState } from 'preact/hooks'
import type { Locale } from '../../../contracts/primitives.ts'
import { en } from '../locales/en.ts'
import { ru, type Words } from '../locales/ru.ts'

const WORDS: Readonly<Record<Locale, Words>> = { ru, en }
const KEPT = 'my-locale'
const listeners = new Set<(locale: Locale) => void>()

const first = (): Locale => {
  const kept = localStorage.getItem(KEPT)
  if (kept === 'ru' || kept === 'en') return kept
  return navigator.language.startsWith('en') ? 'en' : 'ru'
}
let locale: Locale = first()
document.documentElement.lang = locale

/** Speaks another language from now on, also before somebody signs in next time. */
export function speak(next: Locale): void {
  if (next === locale) return
  locale = next
  localStorage.setItem(KEPT, next)
  document.documentElement.lang = next
  for (const tell of listeners) tell(next)
}

/** The words of the language that is spoken now. */
export function useWords(): { readonly w: Words; readonly locale: Locale } {
  const [now, setNow] = useState(locale)
  useEffect(() => {
    listeners.add(setNow)
    return () => {
      listeners.delete(setNow)
    }
  }, [])
  return { w: WORDS[now], locale: now }
}

/** Makes a hook for the words of one screen, which are loaded with it, beside those of all screens. */
export function wordsOfScreen<T extends object>(
  own: Readonly<Record<Locale, T>>,
): () => { readonly w: Words & T; readonly locale: Locale } {
  const all = { ru: { ...ru, ...own.ru }, en: { ...en, ...own.en } }
  return () => {
    const { locale } = useWords()
    return { w: all[locale], locale }
  }
}
