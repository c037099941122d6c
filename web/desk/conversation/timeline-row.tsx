import { memo } from 'react'
import type { Conversation, PersonLane } from '../../../contracts/conversations.ts'
import { formatDay } from '../../shared/format/index.ts'
import type { Row } from '../../shared/timeline/index.ts'
import { useWords } from '../app/words.ts'
import { ChannelMark } from '../parts/channel-mark.tsx'
import { MarkLine } from './mark-line.tsx'
import { MarketLine } from './market-line.tsx'
import { Message } from './message.tsx'
import { OrderLine } from './order-line.tsx'
import styles from './timeline.module.css'

interface Props {
  readonly row: Row
  readonly conversation: Conversation
  readonly lanes: ReadonlyMap<string, PersonLane>
}

const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** One row: a day, a change of channel, a mark, an order, a message or a note. */
export const TimelineRow = memo(function TimelineRow({ row, conversation, lanes }: Props) {
  const { t, locale } = useWords()
  if (row.kind === 'day') return <div className={styles.day}>{upperFirst(formatDay(row.at, locale))}</div>
  if (row.kind === 'channel') {
    const lane = lanes.get(row.laneId)
    return (
      <div className={styles.channel}>
        <ChannelMark channel={row.channel} size={14} />
        {lane && lane.channelName !== t(`channel.${row.channel}`) && ` · ${lane.channelName}`}
      </div>
    )
  }
  if (row.item.entry.kind === 'mark')
    return <MarkLine entry={row.item.entry} conversationId={conversation.id} />
  if (row.item.entry.kind === 'market') return <MarketLine entry={row.item.entry} />
  if (row.item.entry.kind === 'order') return <OrderLine entry={row.item.entry} />
  return (
    <Message
      item={row.item}
      continued={row.continued}
      conversation={conversation}
      lane={lanes.get(row.item.entry.laneId)}
    />
  )
})
