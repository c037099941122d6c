import { useEffect, useRef, useState } from 'preact/hooks'
import type { MyEntry } from '../../../contracts/my.ts'
import { formatDay, formatTime } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { keepDraft, readDraft, sendAgain, type Unsent, write } from '../data/outbox.ts'
import { BackLink } from '../parts/back-link.tsx'
import { Button } from '../parts/button.tsx'
import { Skeleton, Trouble } from '../parts/states.tsx'
import styles from './help.module.css'
import { marketText } from './market-text.ts'
import { orderText } from './order-text.ts'
import { useStory } from './story.ts'

/** The whole story with us, from every door, and the place to write. */
export function ChatPage() {
  const { w, locale } = useWords()
  const story = useStory()
  const end = useRef<HTMLDivElement>(null)
  const count = story.entries.length + story.unsent.length
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever there is something new at the end
  useEffect(() => end.current?.scrollIntoView({ block: 'end' }), [count])
  return (
    <>
      <BackLink to="help">{w.help.title}</BackLink>
      <h1>{w.help.chat}</h1>
      {!story.loaded && <Skeleton />}
      {story.problem && story.entries.length === 0 && (
        <Trouble problem={story.problem} again={() => void story.reload()} />
      )}
      {story.loaded && !story.problem && count === 0 && <p class={styles.note}>{w.help.empty}</p>}
      {story.next !== null && (
        <Button look="plain" onClick={() => void story.earlier()}>
          {w.help.earlier}
        </Button>
      )}
      <div class={styles.log} role="log" aria-label={w.help.chat}>
        {story.entries.map((entry, n) => {
          const day = formatDay(entry.at, locale)
          const before = story.entries[n - 1]
          return (
            <div key={`${entry.laneId}/${entry.seq}`} class={styles.entry}>
              {(!before || formatDay(before.at, locale) !== day) && <p class={styles.day}>{day}</p>}
              <Entry entry={entry} />
            </div>
          )
        })}
        {story.unsent.map((one) => (
          <Waiting key={one.id} unsent={one} again={() => sendAgain(one)} />
        ))}
        <div ref={end} />
      </div>
      <Composer />
    </>
  )
}

function Entry({ entry }: { entry: MyEntry }) {
  const { w, locale } = useWords()
  const { from, name, text, order, market, edited, attachments, channel, at } = entry
  if (order)
    return (
      <p class={styles.mark}>
        {orderText(order, w, locale)} · {formatTime(at, locale)}
      </p>
    )
  if (market)
    return (
      <p class={styles.mark}>
        {marketText(market, w, locale)} · {formatTime(at, locale)}
      </p>
    )
  return (
    <div class={styles.bubble} data-from={from === 'me' ? 'me' : 'us'}>
      <p class={styles.who}>
        {from === 'me' ? w.help.me : (name ?? w.help.system)}
        {channel && channel !== 'my' && ` · ${w.help.on(w.help.channels[channel] ?? channel)}`}
      </p>
      <p class={styles.words}>{text ?? w.help.deleted}</p>
      {attachments.map((file) =>
        file.kind === 'image' && file.state === 'ready' ? (
          <img key={file.id} src={file.url} alt={file.name} loading="lazy" class={styles.image} />
        ) : (
          <a key={file.id} href={file.url} download={file.name}>
            {file.name}
          </a>
        ),
      )}
      <p class={styles.when}>
        {edited && `${w.help.edited} · `}
        {formatTime(at, locale)}
      </p>
    </div>
  )
}

function Waiting({ unsent, again }: { unsent: Unsent; again: () => void }) {
  const { w } = useWords()
  return (
    <div class={styles.bubble} data-from="me" data-unsent="true">
      <p class={styles.words}>{unsent.text}</p>
      {unsent.state === 'waiting' && <p class={styles.when}>{w.help.waiting}</p>}
      {unsent.state === 'refused' && (
        <Button look="plain" onClick={again}>
          {w.help.failed} · {w.app.retry}
        </Button>
      )}
    </div>
  )
}

function Composer() {
  const { w } = useWords()
  const [text, setText] = useState(readDraft)
  useEffect(() => keepDraft(text), [text])
  const send = () => {
    if (text.trim() === '') return
    write(text.trim())
    setText('')
  }
  return (
    <form
      class={styles.composer}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <textarea
        aria-label={w.help.message}
        placeholder={w.help.message}
        rows={1}
        value={text}
        maxLength={8000}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          // Enter sends where there is a keyboard; on a phone it is a new line.
          if (event.key !== 'Enter' || event.shiftKey || !matchMedia('(pointer: fine)').matches) return
          event.preventDefault()
          send()
        }}
      />
      <Button type="submit" disabled={text.trim() === ''}>
        {w.help.send}
      </Button>
    </form>
  )
}
