import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { ChatView } from '../core/index.ts'
import { fill } from '../locales/index.ts'
import { useSurroundings } from './context.ts'
import { dayNameOf } from './dates.ts'
import { DownIcon } from './icons.tsx'
import { MessageView } from './message.tsx'
import { transcriptOf } from './transcript.ts'

const NEAR_PX = 80

const Greeting = ({ view, fresh }: { view: ChatView; fresh: boolean }) => {
  const { texts, chat, focusHome } = useSurroundings()
  const { config } = view
  const greeting = config?.greeting[texts.locale === 'en' ? 'en' : 'ru']
  const replies = config?.quickReplies[texts.locale === 'en' ? 'en' : 'ru'] ?? []
  return (
    <>
      {greeting && (
        <article class="message their first">
          <div class="bubble">
            <p>{greeting}</p>
          </div>
        </article>
      )}
      {fresh && replies.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a flowing line in Safari
        <div class="choices" role="group" aria-label={texts.quickReplies}>
          {replies.map((reply) => (
            <button
              key={reply}
              type="button"
              class="chip"
              onClick={() => {
                chat.say({ text: reply })
                focusHome()
              }}
            >
              {reply}
            </button>
          ))}
        </div>
      )}
    </>
  )
}

/** The conversation: a live region that stays at its end while the visitor is there, and says so when they are not. */
export const Log = ({ view, open }: { view: ChatView; open: boolean }) => {
  const { texts, focusHome } = useSurroundings()
  const box = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const [behind, setBehind] = useState(false)
  const items = transcriptOf(view)
  const last = items.at(-1)
  const lastKey = last?.key
  const ownLast = last?.kind === 'message' && last.message.from === 'visitor'
  const newestOwn = items.findLast((item) => item.kind === 'message' && item.message.from === 'visitor')?.key

  const toEnd = () => {
    atEnd.current = true
    setBehind(false)
    box.current?.scrollTo({ top: box.current.scrollHeight })
  }
  const look = () => {
    const { current } = box
    if (!current) return
    atEnd.current = current.scrollHeight - current.scrollTop - current.clientHeight < NEAR_PX
    if (atEnd.current) setBehind(false)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new last message or opening is what moves the log
  useLayoutEffect(() => {
    if (atEnd.current || ownLast) toEnd()
    else setBehind(true)
  }, [lastKey, open])
  // Photos that load, a keyboard that opens: whoever was at the end stays there.
  useLayoutEffect(() => {
    const { current } = box
    if (!current) return
    const observer = new ResizeObserver(() => {
      if (atEnd.current) current.scrollTop = current.scrollHeight
    })
    observer.observe(current)
    if (current.firstElementChild) observer.observe(current.firstElementChild)
    return () => observer.disconnect()
  }, [])

  return (
    <div class="log-frame">
      <div
        ref={box}
        class="log"
        role="log"
        aria-label={texts.log}
        aria-live={view.loaded && open ? 'polite' : 'off'}
        aria-relevant="additions"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        tabIndex={0}
        onScroll={look}
      >
        <div class="sheet">
          {!view.loaded && items.length === 0 && (
            <div class="skeleton" role="status" aria-label={texts.loading} />
          )}
          {view.loaded && <Greeting view={view} fresh={items.length === 0} />}
          {items.map((item) =>
            item.kind === 'day' ? (
              <div key={item.key} class="day">
                {dayNameOf(texts, item.at)}
              </div>
            ) : (
              <MessageView key={item.key} item={item} newestOwn={item.key === newestOwn} />
            ),
          )}
          {view.typing !== null && (
            <div class="typing">
              {view.typing ? fill(texts.typingNamed, { name: view.typing }) : texts.typing}
            </div>
          )}
        </div>
      </div>
      {behind && (
        <button
          type="button"
          class="to-end"
          onClick={() => {
            toEnd()
            focusHome()
          }}
        >
          <DownIcon /> {texts.newMessages}
        </button>
      )}
    </div>
  )
}
