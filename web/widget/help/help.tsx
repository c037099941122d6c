/**
 * Help inside the chat's window: search and articles. It is a script of its own, loaded when it is first opened, so that a page which
 * only chats does not pay for it.
 */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
// biome-ignore lint/correctness/noUnresolvedImports: as above
import markup from '../../shared/markdown/markup.css?inline'
import type { HelpProps } from '../loader/host.ts'
import { Article } from './article.tsx'
import { Contents } from './contents.tsx'
// biome-ignore lint/correctness/noUnresolvedImports: Vite gives the text of a style sheet as its default export
import styles from './help.css?inline'
import { createHelpApi } from './help-api.ts'
import { Results } from './results.tsx'
import { helpWords } from './words.ts'

/** Whoever types faster than this is still typing. */
const PAUSE_MS = 250
const QUESTION_MIN = 2

const useStyles = (place: { readonly current: HTMLElement | null }): void => {
  useEffect(() => {
    const root = place.current?.getRootNode()
    if (!(root instanceof ShadowRoot)) return
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(markup + styles)
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
    return () => {
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((one) => one !== sheet)
    }
  }, [place])
}

/** What was typed, once the typing has paused. */
const useSettled = (text: string): string => {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

export const Help = ({ base, locale, articleKey, onArticle, onAsk }: HelpProps) => {
  const place = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const api = useMemo(() => createHelpApi(base, locale), [base, locale])
  const words = helpWords[locale === 'en' ? 'en' : 'ru']
  const q = useSettled(text).trim()
  useStyles(place)
  useEffect(() => {
    if (articleKey === null && matchMedia('(pointer: fine)').matches) field.current?.focus()
    else if (articleKey !== null) place.current?.scrollTo({ top: 0 })
  }, [articleKey])
  const common = { api, words, onArticle, onAsk }
  return (
    <div ref={place} class="help">
      <div hidden={articleKey !== null}>
        <input
          ref={field}
          class="help-field"
          type="search"
          enterkeyhint="search"
          aria-label={words.search}
          placeholder={words.search}
          maxLength={200}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        {q.length < QUESTION_MIN ? <Contents {...common} /> : <Results {...common} q={q} />}
      </div>
      {articleKey !== null && <Article {...common} locale={locale} base={base} articleKey={articleKey} />}
    </div>
  )
}
