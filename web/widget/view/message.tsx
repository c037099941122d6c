import { Fragment } from 'preact'
import { splitLinks } from '../../shared/links/index.ts'
import { articleKeyOf } from '../../shared/markdown/article-address.ts'
import { bend } from '../locales/index.ts'
import { AttachmentView } from './attachment.tsx'
import { useSurroundings } from './context.ts'
import { clockOf } from './dates.ts'
import { ClockIcon, WarnIcon } from './icons.tsx'
import { hasWords, refusalWords } from './refusals.ts'
import type { Item } from './transcript.ts'

type MessageItem = Extract<Item, { kind: 'message' }>

/** An address in a message. A help article opens here, over the conversation. */
const Address = ({ href, text }: { href: string; text: string }) => {
  const { base, openArticle } = useSurroundings()
  const key = articleKeyOf(href, base)
  const open = (event: MouseEvent) => {
    if (key === undefined || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    openArticle(key)
  }
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow" onClick={open}>
      {text}
    </a>
  )
}

const Words = ({ text }: { text: string }) => (
  <p>
    {splitLinks(text).map((part) =>
      part.href ? (
        <Address key={part.at} href={part.href} text={part.text} />
      ) : (
        <Fragment key={part.at}>{part.text}</Fragment>
      ),
    )}
  </p>
)

const Files = ({ item }: { item: MessageItem }) => {
  const { chat, texts } = useSurroundings()
  const ids = item.unsent?.attachmentIds ?? []
  const known = ids.flatMap((id) => chat.uploaded(id) ?? [])
  const files = item.unsent ? known : item.message.attachments
  return (
    <>
      {files.map((file) => (
        <AttachmentView key={file.id} file={file} />
      ))}
      {item.unsent && known.length < ids.length && <p>{bend(texts, texts.attachment, ids.length)}</p>}
    </>
  )
}

const Choices = ({ item }: { item: MessageItem }) => {
  const { chat, focusHome } = useSurroundings()
  const choose = (text: string, choice: string) => {
    chat.say({ text, choice })
    focusHome()
  }
  return (
    <div class="choices">
      {item.message.buttons.map(({ title, payload }) => (
        <button key={payload} type="button" class="chip" onClick={() => choose(title, payload)}>
          {title}
        </button>
      ))}
    </div>
  )
}

const Failure = ({ item }: { item: MessageItem }) => {
  const { chat, texts, focusHome } = useSurroundings()
  const { unsent } = item
  if (!unsent) return null
  const code = unsent.failed ?? ''
  const why = hasWords(texts, code)
    ? `${texts.failed}. ${refusalWords(texts, code, chat.get().config)}`
    : texts.failed
  return (
    <div class="failure">
      <WarnIcon />
      <span>{why}</span>
      <button
        type="button"
        class="link"
        onClick={() => {
          chat.retry(unsent.id)
          focusHome()
        }}
      >
        {texts.retry}
      </button>
    </div>
  )
}

/** The small line under the last message of a run: when, and how an own message stands. */
const Meta = ({ item, newest }: { item: MessageItem; newest: boolean }) => {
  const { texts } = useSurroundings()
  const { message, state } = item
  // Every own message says when it is on its way; that it has arrived, only the newest says.
  const words =
    state && state !== 'failed' && (newest || state === 'sending' || state === 'waiting') && texts[state]
  const parts = [clockOf(texts, message.at), message.edited && message.text !== null && texts.edited, words]
  return (
    <div class="meta">
      {state === 'waiting' && <ClockIcon />}
      {parts.filter(Boolean).join(' · ')}
    </div>
  )
}

/** One message with its files, buttons and state. */
export const MessageView = ({ item, newestOwn }: { item: MessageItem; newestOwn: boolean }) => {
  const { texts } = useSurroundings()
  const { message, state, first, last } = item
  const own = message.from === 'visitor'
  const side = own ? 'own' : message.from === 'system' ? 'system' : 'their'
  const hasFiles = message.attachments.length + (item.unsent?.attachmentIds.length ?? 0) > 0
  const gone = message.text === null && !hasFiles
  return (
    <article
      class={`message ${side} ${first ? 'first' : ''}`}
      data-state={state}
      data-seq={message.seq || undefined}
    >
      {own ? (
        <span class="aside">{texts.visitor}: </span>
      ) : (
        first && message.name && <div class="author">{message.name}</div>
      )}
      <div class={`bubble ${gone ? 'gone' : ''}`}>
        {gone ? <p>{texts.deleted}</p> : message.text && <Words text={message.text} />}
        <Files item={item} />
      </div>
      {state === 'failed' ? (
        <Failure item={item} />
      ) : (
        (last || newestOwn || message.edited) && <Meta item={item} newest={newestOwn} />
      )}
      {item.asking && <Choices item={item} />}
    </article>
  )
}
