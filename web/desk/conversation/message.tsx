import { useState } from 'react'
import type { Conversation, PersonLane } from '../../../contracts/conversations.ts'
import type { Item } from '../../shared/timeline/index.ts'
import { useWords } from '../app/words.ts'
import { Attachments } from './attachments.tsx'
import { LinkedText } from './linked-text.tsx'
import { Mail } from './mail.tsx'
import { MessageExtras } from './message-extras.tsx'
import { MessageMenu } from './message-menu.tsx'
import { MessageMeta } from './message-meta.tsx'
import styles from './timeline.module.css'

interface Props {
  readonly item: Item
  readonly continued: boolean
  readonly conversation: Conversation
  readonly lane: PersonLane | undefined
}

const sideOf = ({ entry }: Item) =>
  entry.kind === 'note' ? 'note' : entry.direction === 'out' ? 'out' : 'in'

/** Whether an entry is of this matter. One that has just come is not filed yet: it counts as the matter that its lane is in. */
function belongs({ entry }: Item, { id, segments }: Conversation): boolean {
  if (entry.conversationId !== null) return entry.conversationId === id
  const last = segments.findLast((segment) => segment.laneId === entry.laneId)
  return last !== undefined && entry.seq >= last.fromSeq
}

/** What stood here before it was changed, words and files, above what stands now. */
function Earlier({ item: { earlier, entry, deleted } }: { item: Item }) {
  const { t } = useWords()
  return (
    <div className={styles.earlier}>
      <p className={styles.small}>{t('message.earlier')}</p>
      {earlier.map((text) => (
        <p key={text} className={styles.text}>
          <del>{text}</del>
        </p>
      ))}
      {!deleted && <Attachments files={entry.attachments.filter((one) => one.replaced)} />}
    </div>
  )
}

function Text({ item }: { item: Item }) {
  const { t, locale } = useWords()
  const { body } = item.entry
  // What the house wrote for the staff, they read in their own language.
  const text = (body?.type === 'note' && body.words?.[locale]) || item.text
  if (item.entry.body === null) return <p className={styles.gone}>{t('message.erased')}</p>
  if (item.deleted) return <p className={styles.gone}>{t('message.deleted')}</p>
  if (!text) return null
  return (
    <p className={styles.text}>
      <LinkedText text={text} />
    </p>
  )
}

/** One utterance: who, what, with what became of it. Notes stand apart; other matters of the person are calmer. */
export function Message({ item, continued, conversation, lane }: Props) {
  const { t } = useWords()
  const [showsEarlier, setShowsEarlier] = useState(false)
  const { entry } = item
  const body = entry.body?.type === 'message' ? entry.body : null
  const name = entry.author.name ?? t(`author.${entry.author.kind}`)
  return (
    <div
      className={styles.item}
      data-side={sideOf(item)}
      data-continued={continued}
      data-other={!belongs(item, conversation)}
      data-seq={entry.seq}
    >
      <div className={styles.bubble}>
        {!continued && (
          <div className={styles.author}>
            {name}
            {entry.kind === 'note' && ` · ${t('message.note')}`}
          </div>
        )}
        {showsEarlier && <Earlier item={item} />}
        {body?.mail && !item.deleted ? (
          <Mail mail={body.mail} text={item.text ?? ''} conversationId={conversation.id} entry={entry} />
        ) : (
          <Text item={item} />
        )}
        {body && !item.deleted && <MessageExtras body={body} />}
        {!item.deleted && <Attachments files={entry.attachments.filter((one) => !one.replaced)} />}
        <MessageMeta
          item={item}
          lane={lane}
          showsEarlier={showsEarlier}
          toggleEarlier={() => setShowsEarlier((on) => !on)}
        />
      </div>
      <MessageMenu item={item} conversation={conversation} />
    </div>
  )
}
