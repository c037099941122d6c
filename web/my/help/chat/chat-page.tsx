import { useEffect, useRef, useState } from 'preact/hooks'
import type { MyEntry } from '../../../../contracts/my.ts'
import { formatDay, formatTime } from '../../../shared/format/index.ts'
import { problemText } from '../../../shared/problems/index.ts'
import { isUnheard } from '../../data/api.ts'
import { dropUnsent, sendAgain, type Unsent, write } from '../../data/outbox.ts'
import { BackLink } from '../../parts/back-link.tsx'
import { Button } from '../../parts/button.tsx'
import { WarnIcon } from '../../parts/icons.tsx'
import { Skeleton, Trouble } from '../../parts/states.tsx'
import { marketText } from '../market-text.ts'
import { orderText } from '../order-text.ts'
import { Attachments } from './attachments.tsx'
import styles from './chat.module.css'
import { useChatWords } from './chat-words.ts'
import { Composer } from './composer.tsx'
import { useStory } from './story.ts'
import { useDrop } from './use-drop.ts'
import { useReadMark } from './use-read-mark.ts'
import { Words } from './words.tsx'

/** The whole story with us, from every door, and the place to write. */
export function ChatPage() {
  const { w, locale } = useChatWords()
  const story = useStory()
  const end = useRef<HTMLDivElement>(null)
  const [composerHeight, setComposerHeight] = useState(80)
  const isDragging = useDrop()
  const count = story.entries.length + story.unsent.length
  const last = story.entries.at(-1)
  // What was asked before has been answered, or is no longer asked.
  const asking = story.unsent.length === 0 ? last : undefined
  useReadMark(story.entries)
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever there is something new at the end, or less room for it; not for earlier days
  useEffect(
    () => end.current?.scrollIntoView({ block: 'end' }),
    [last?.laneId, last?.seq, story.unsent.length, composerHeight],
  )
  return (
    <>
      <BackLink to="help">{w.help.title}</BackLink>
      <h1>{w.help.chat}</h1>
      {!story.loaded && <Skeleton />}
      {story.problem && story.entries.length === 0 && (
        <Trouble problem={story.problem} again={() => void story.reload()} />
      )}
      {story.loaded && !story.problem && count === 0 && <p class={styles.note}>{w.chat.empty}</p>}
      {story.next !== null && (
        <Button look="plain" onClick={() => void story.earlier()}>
          {w.chat.earlier}
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
              {entry === asking && <Choices entry={entry} />}
            </div>
          )
        })}
        {story.unsent.map((one) => (
          <Waiting key={one.id} unsent={one} />
        ))}
        <div ref={end} class={styles.end} style={{ scrollMarginBottom: composerHeight + 72 }} />
      </div>
      <div style={{ height: composerHeight }} />
      <Composer onHeight={setComposerHeight} />
      {isDragging && <p class={styles.drop}>{w.chat.files.drop}</p>}
    </>
  )
}

function Entry({ entry }: { entry: MyEntry }) {
  const { w, locale } = useChatWords()
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
        {from === 'me' ? w.chat.me : (name ?? (from === 'assistant' ? w.chat.assistant : w.chat.system))}
        {channel && channel !== 'my' && ` · ${w.chat.on(w.chat.channels[channel] ?? channel)}`}
      </p>
      {text !== '' && <Words text={text ?? w.chat.deleted} />}
      <Attachments files={attachments} />
      <p class={styles.when}>
        {edited && `${w.chat.edited} · `}
        {formatTime(at, locale)}
      </p>
    </div>
  )
}

/** What the last message offers to answer; only where the answer goes back by the door that it came by. */
function Choices({ entry: { channel, from, buttons } }: { entry: MyEntry }) {
  const { w } = useChatWords()
  if (channel !== 'my' || from === 'me' || buttons.length === 0) return null
  return (
    <fieldset class={styles.choices} aria-label={w.chat.choices}>
      {buttons.map(({ title, payload }) => (
        <button
          key={payload}
          type="button"
          class={styles.choice}
          onClick={() => write({ text: title, files: [], choice: payload })}
        >
          {title}
        </button>
      ))}
    </fieldset>
  )
}

/** A message on its way, or one that was refused: why, and what can be done about it. */
function Waiting({ unsent }: { unsent: Unsent }) {
  const { w } = useChatWords()
  const { text, files, state, problem } = unsent
  return (
    <div class={styles.bubble} data-from="me" data-unsent="true">
      {text !== '' && <Words text={text} />}
      <Attachments files={files} />
      {state === 'waiting' && (
        <p class={styles.when}>{!problem || isUnheard(problem) ? w.chat.waiting : w.chat.later}</p>
      )}
      {state === 'refused' && <Refused unsent={unsent} />}
    </div>
  )
}

function Refused({ unsent }: { unsent: Unsent }) {
  const { w, locale } = useChatWords()
  return (
    <>
      <p class={styles.refused} role="alert">
        <WarnIcon size={18} />
        <span>
          {w.chat.failed} {problemText(unsent.problem, locale)}
        </span>
      </p>
      <p class={styles.acts}>
        <Button look="plain" onClick={() => sendAgain(unsent)}>
          {w.app.retry}
        </Button>
        <Button look="plain" onClick={() => dropUnsent(unsent)}>
          {w.chat.remove}
        </Button>
      </p>
    </>
  )
}
