import { useQuery } from '@tanstack/react-query'
import type { Entry } from '../../../contracts/entries.ts'
import { formatTime } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { siblingsQuery } from '../data/conversation.ts'
import { ChannelMark } from '../parts/channel-mark.tsx'
import styles from './timeline.module.css'

const KNOWN = [
  'linked',
  'unlinked',
  'door-left',
  'door-opened',
  'assigned',
  'handed-over',
  'released',
  'claimed',
  'resolved',
  'reopened',
  'snoozed',
  'woken',
  'muted',
  'unmuted',
  'split',
  'joined',
  'topic-set',
  'proved',
  'answers-other',
  'held-elsewhere',
  'handed-to-people',
  'handed-back',
  'called-back',
] as const

/** Marks about a channel say which one. */
const OF_CHANNEL: readonly string[] = ['linked', 'unlinked', 'door-left', 'door-opened', 'proved']

const nameOf = ({ seq }: Entry, mark: string) =>
  mark === 'door-opened' && seq === 1 ? 'door-first' : KNOWN.find((name) => name === mark)

interface Props {
  readonly entry: Entry
  /** The conversation that is looked at: what happened to another one of this person says its number. */
  readonly conversationId: string
}

/** Something that happened and was not said; unknown marks show their name rather than nothing. */
export function MarkLine({ entry, conversationId }: Props) {
  const { t, locale } = useWords()
  const siblings = useQuery(siblingsQuery(conversationId)).data
  if (entry.body?.type !== 'mark') return <div className={styles.mark}>{t('message.erased')}</div>
  const { mark, facts } = entry.body
  const known = nameOf(entry, mark)
  // The other conversation that it is about, or in which it happened.
  const otherId = facts.newConversationId ?? facts.fromConversationId ?? facts.conversationId
  const other = facts.fromNumber ?? siblings?.find((one) => one.id === otherId)?.number
  // Another system has no name as an author: who it was there stands in the facts. Of other marks they say how, not who.
  const elsewhere = mark === 'held-elsewhere' && typeof facts.by === 'string' ? facts.by : null
  const who = entry.author.name ?? elsewhere
  const text = known ? t(`marks.${known}`) : mark
  return (
    <div className={styles.mark}>
      {entry.channel && OF_CHANNEL.includes(mark) && (
        <>
          <ChannelMark channel={entry.channel} size={13} /> ·{' '}
        </>
      )}
      {text}
      {mark === 'held-elsewhere' &&
        ` · ${[facts.channel, facts.reason, facts.words].filter(Boolean).join(' · ')}`}
      {typeof other === 'number' && ` · ${t('inbox.number', { number: other })}`}
      {who && ` · ${who}`} · {formatTime(entry.storedAt, locale)}
    </div>
  )
}
