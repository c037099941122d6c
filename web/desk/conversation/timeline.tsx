import { Loader } from '@mantine/core'
import { useIntersection } from '@mantine/hooks'
import { IconArrowDown } from '@tabler/icons-react'
import { useEffect, useMemo } from 'react'
import type { Conversation } from '../../../contracts/conversations.ts'
import { useWords } from '../app/words.ts'
import { Failed } from '../parts/states.tsx'
import { Announcer } from './announcer.tsx'
import { ConversationSkeleton } from './conversation-skeleton.tsx'
import { PendingMessages } from './pending-messages.tsx'
import styles from './timeline.module.css'
import { TimelineRow } from './timeline-row.tsx'
import { TypingLine } from './typing-line.tsx'
import { useAnchoredScroll } from './use-anchored-scroll.ts'
import { usePending } from './use-pending.ts'
import { useTimeline } from './use-timeline.ts'

/** Everything between the operator and this person, across all doors, in one scroll. */
export function Timeline({ conversation }: { conversation: Conversation }) {
  const { t } = useWords()
  const { rows, isPending, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useTimeline(
    conversation.id,
  )
  const pending = usePending(conversation, rows)
  const keys = useMemo(
    () => [...rows.map((row) => row.key), ...pending.map((one) => one.id)],
    [rows, pending],
  )
  const { box, unseen, toEnd, onScroll } = useAnchoredScroll(keys)
  const { ref: top, entry } = useIntersection({ rootMargin: '600px 0px 0px 0px' })
  useEffect(() => {
    if (entry?.isIntersecting && hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [entry, hasNextPage, isFetchingNextPage, fetchNextPage])
  const lanes = useMemo(
    () => new Map(conversation.lanes.map((lane) => [lane.laneId, lane])),
    [conversation.lanes],
  )
  return (
    <>
      <div className={styles.box}>
        <section
          ref={box}
          className={styles.scroll}
          onScroll={onScroll}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
          tabIndex={0}
          aria-label={t('timeline.name')}
        >
          <div className={styles.inner}>
            {isPending && <ConversationSkeleton />}
            {error && rows.length === 0 && <Failed error={error} retry={() => void refetch()} />}
            {!isPending && !error && (
              <div ref={top} className={styles.older}>
                {isFetchingNextPage ? (
                  <Loader size={16} aria-label={t('states.loading')} />
                ) : (
                  !hasNextPage && t('timeline.beginning')
                )}
              </div>
            )}
            {rows.map((row) => (
              <TimelineRow key={row.key} row={row} conversation={conversation} lanes={lanes} />
            ))}
            <PendingMessages pending={pending} />
          </div>
        </section>
        {unseen > 0 && (
          <button type="button" className={styles.pill} onClick={toEnd}>
            <IconArrowDown size={16} aria-hidden />
            {t('timeline.unseen', { count: unseen })}
          </button>
        )}
      </div>
      <TypingLine conversationId={conversation.id} />
      <Announcer rows={rows} />
    </>
  )
}
