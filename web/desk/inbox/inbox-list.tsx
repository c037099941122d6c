import { Button } from '@mantine/core'
import { useIntersection } from '@mantine/hooks'
import { IconInbox } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useWords } from '../app/words.ts'
import { inboxQuery } from '../data/inbox.ts'
import { useShortcuts } from '../palette/use-shortcuts.ts'
import { Empty, Failed } from '../parts/states.tsx'
import { useNow } from '../parts/use-now.ts'
import styles from './inbox.module.css'
import { InboxRow } from './inbox-row.tsx'
import { InboxSkeleton } from './inbox-skeleton.tsx'
import { useInboxFilter } from './use-inbox-filter.ts'
import { useSteadyList } from './use-steady-list.ts'

function moveFocus(list: HTMLElement | null, step: 1 | -1): void {
  const rows = [...(list?.querySelectorAll<HTMLElement>('a[data-row]') ?? [])]
  const focused = document.activeElement
  const at = focused instanceof HTMLElement ? rows.indexOf(focused) : -1
  const from = at >= 0 ? at : rows.findIndex((row) => row.dataset.status === 'active')
  rows[Math.max(0, Math.min(rows.length - 1, from + step))]?.focus()
}

/** The rows: longest waiting first, more as one scrolls, fresh by live notices without moving under the pointer. */
export function InboxList() {
  const { t } = useWords()
  const { filter } = useInboxFilter()
  const query = useInfiniteQuery(inboxQuery(filter))
  const rows = query.data?.pages.flatMap((page) => page.items) ?? []
  const unique = [...new Map(rows.map((row) => [row.id, row])).values()]
  const { shown, newcomers, hold, letGo } = useSteadyList(unique)
  const now = useNow(20_000)
  const list = useRef<HTMLUListElement>(null)
  const { ref: tail, entry } = useIntersection({ rootMargin: '400px' })
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
  useEffect(() => {
    if (entry?.isIntersecting && hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [entry, hasNextPage, isFetchingNextPage, fetchNextPage])
  useShortcuts({ J: () => moveFocus(list.current, 1), K: () => moveFocus(list.current, -1) })

  if (query.isPending) return <InboxSkeleton />
  if (!query.data) return <Failed error={query.error} retry={() => void query.refetch()} />
  if (unique.length === 0) {
    return (
      <Empty
        title={t(`inbox.empty.${filter.view}`)}
        hint={t('inbox.emptyHint')}
        icon={<IconInbox size={28} stroke={1.2} />}
      />
    )
  }
  return (
    <div
      className={styles.listBox}
      onPointerEnter={(event) => event.pointerType === 'mouse' && hold()}
      onPointerLeave={letGo}
    >
      {newcomers > 0 && (
        <button type="button" className={styles.pill} onClick={letGo}>
          {t('inbox.newcomers', { count: newcomers })}
        </button>
      )}
      <ul className={styles.list} ref={list} aria-label={t('inbox.list')} aria-busy={query.isFetching}>
        {shown.map(({ row, gone }) => (
          <li key={row.id}>
            <InboxRow row={row} gone={gone} now={now} />
          </li>
        ))}
        {hasNextPage && (
          <li ref={tail} className={styles.tail}>
            <Button
              variant="subtle"
              color="gray"
              loading={isFetchingNextPage}
              onClick={() => void fetchNextPage()}
            >
              {t('states.more')}
            </Button>
          </li>
        )}
      </ul>
    </div>
  )
}
