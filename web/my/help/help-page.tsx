import { useEffect, useState } from 'preact/hooks'
import { help } from '../../../contracts/articles.ts'
import type { PageProps } from '../app/page-props.ts'
import { linkTo } from '../app/route.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { useReading } from '../data/reading.ts'
import { SearchIcon } from '../parts/icons.tsx'
import parts from '../parts/parts.module.css'
import { Shown } from '../parts/states.tsx'
import { ArticlePage } from './article-page.tsx'
import { ChatPage } from './chat/chat-page.tsx'
import styles from './help.module.css'

const PAUSE_MS = 250

/** Answers to find, and a person to ask. */
export function HelpPage({ rest }: Pick<PageProps, 'rest'>) {
  if (rest === 'chat') return <ChatPage />
  return rest === '' ? <HelpHome /> : <ArticlePage articleKey={rest} />
}

function HelpHome() {
  const { w } = useWords()
  const [word, setWord] = useState('')
  const asked = useSettled(word.trim())
  return (
    <>
      <h1>{w.help.title}</h1>
      <a class={styles.chat} {...linkTo('help', 'chat')}>
        <b>{w.help.chat}</b>
        <span>{w.help.chatLead}</span>
      </a>
      <label class={styles.search}>
        <SearchIcon size={20} />
        <span class="visually-hidden">{w.help.search}</span>
        <input
          type="search"
          placeholder={w.help.search}
          value={word}
          onInput={(event) => setWord(event.currentTarget.value)}
        />
      </label>
      {asked.length >= 2 ? <Found word={asked} /> : <AllArticles />}
    </>
  )
}

function AllArticles() {
  const { w, locale } = useWords()
  const reading = useReading(`articles:${locale}`, () =>
    call(help.listArticles, { query: { locale, limit: 100 } }),
  )
  return (
    <section class={parts.card} aria-labelledby="articles">
      <h2 id="articles">{w.help.all}</h2>
      <Shown reading={reading}>
        {({ items }) => (
          <ul class={parts.list}>
            {items.map(({ key, title, summary }) => (
              <li key={key}>
                <a class={styles.article} {...linkTo('help', key)}>
                  <b>{title}</b>
                  <span>{summary}</span>
                </a>
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </section>
  )
}

function Found({ word }: { word: string }) {
  const { w, locale } = useWords()
  const reading = useReading(`help:${locale}:${word}`, () =>
    call(help.searchArticles, { query: { locale, q: word } }),
  )
  return (
    <section class={parts.card} aria-live="polite">
      <Shown reading={reading} rows={1}>
        {({ hits, corrected }) => (
          <>
            {corrected !== null && <p class={styles.note}>{w.help.corrected(corrected)}</p>}
            {hits.length === 0 && <p class={styles.note}>{w.help.nothing}</p>}
            <ul class={parts.list}>
              {hits.map(({ key, title, excerpt }) => (
                <li key={key}>
                  <a class={styles.article} {...linkTo('help', key)}>
                    <b>{title.text}</b>
                    <span>{excerpt.text}…</span>
                  </a>
                </li>
              ))}
            </ul>
          </>
        )}
      </Shown>
    </section>
  )
}

/** What was typed once the person pauses. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
