import { Button } from '@mantine/core'
import { useIntersection } from '@mantine/hooks'
import { IconInbox } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type RefObject, useEffect, useRef } from 'react'
import { useWords } from '../app/words.ts'
import { countersQuery, type InboxFilter, inboxQuery, isNarrowed } from '../data/inbox.ts'
import { useShortcuts } from '../palette/use-shortcuts.ts'
import { Empty, Failed } from '../parts/states.tsx'
import { useNow } from '../parts/use-now.ts'
import styles from './inbox.module.css'
import { InboxRow } from './inbox-row.tsx'
import { InboxSkeleton } from './inbox-skeleton.tsx'
import { offerSight, refreshSight, refreshWhenSeen } from './refresh-inbox.ts'
import { useInboxFilter } from './use-inbox-filter.ts'
import { useSteadyList } from './use-steady-list.ts'

/** Conversations whose rows can be seen; null when the list is covered. An empty one has no rows and is not. */
function rowsInSight(list: HTMLElement | null): ReadonlySet<string> | null {
  if (!list) return new Set()
  const rows = [...list.querySelectorAll<HTMLElement>('a[data-row]')]
  const seen = rows.filter((row) => {
    const { top, bottom, height } = row.getBoundingClientRect()
    return height > 0 && bottom > 0 && top < window.innerHeight
  })
  return seen.length > 0 ? new Set(seen.map((row) => row.dataset.row ?? '')) : null
}

/** Scrolling has come to rest. */
const SETTLED_MS = 200

function moveFocus(list: HTMLElement | null, step: 1 | -1): void {
  const rows = [...(list?.querySelectorAll<HTMLElement>('a[data-row]') ?? [])]
  const focused = document.activeElement
  const at = focused instanceof HTMLElement ? rows.indexOf(focused) : -1
  const from = at >= 0 ? at : rows.findIndex((row) => row.dataset.status === 'active')
  rows[Math.max(0, Math.min(rows.length - 1, from + step))]?.focus()
}

/** Fresh by live notices: what is in sight at once, the rest when it comes into sight. */
function useRefresh(filter: InboxFilter, list: RefObject<HTMLUListElement | null>, isThere: boolean): void {
  const shown = useRef(filter)
  shown.current = filter
  const key = JSON.stringify(filter)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list is offered anew
  useEffect(
    () => offerSight({ filter: shown.current, rowsInSight: () => rowsInSight(list.current) }),
    [key, list],
  )
  useEffect(() => refreshWhenSeen(), [])
  useEffect(() => {
    const box = list.current
    if (!isThere || !box) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const onMove = () => {
      clearTimeout(timer)
      timer = setTimeout(() => void refreshSight(), SETTLED_MS)
    }
    // On a phone the list is covered by a conversation, and comes back.
    const uncovered = new IntersectionObserver(onMove)
    uncovered.observe(box)
    box.addEventListener('scroll', onMove, { passive: true })
    return () => {
      clearTimeout(timer)
      uncovered.disconnect()
      box.removeEventListener('scroll', onMove)
    }
  }, [isThere, list])
}

/** How many that this filter fits wait for anybody; Infinity: more than a page. */
function useUnassigned(filter: InboxFilter, isAsked: boolean): number {
  const isNarrow = isNarrowed(filter)
  const counted = useQuery(countersQuery).data?.unassigned.open ?? 0
  const listed = useInfiniteQuery({
    ...inboxQuery({ ...filter, view: 'unassigned' }),
    enabled: isAsked && isNarrow,
  }).data?.pages[0]
  if (!isNarrow) return counted
  return listed?.next ? Number.POSITIVE_INFINITY : (listed?.items.length ?? 0)
}

/** Nothing fits; whoever has nothing open of their own is led to those who wait for anybody. */
function NoRows({ filter }: { filter: InboxFilter }) {
  const { t } = useWords()
  const { change } = useInboxFilter()
  const isOwn = filter.view === 'mine' && filter.state === 'open'
  const waiting = useUnassigned(filter, isOwn)
  const icon = <IconInbox size={28} stroke={1.2} />
  const title = t(`inbox.empty.${filter.view}`)
  if (!isOwn || waiting === 0) return <Empty title={title} hint={t('inbox.emptyHint')} icon={icon} />
  return (
    <Empty
      title={title}
      hint={
        Number.isFinite(waiting)
          ? t('inbox.waitUnassigned', { count: waiting })
          : t('inbox.waitUnassignedMore')
      }
      icon={icon}
      action={
        <Button variant="light" onClick={() => change({ view: 'unassigned' })}>
          {t('inbox.toUnassigned')}
        </Button>
      }
    />
  )
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
  useRefresh(filter, list, unique.length > 0)
  useShortcuts({ J: () => moveFocus(list.current, 1), K: () => moveFocus(list.current, -1) })

  if (query.isPending) return <InboxSkeleton />
  if (!query.data) return <Failed error={query.error} retry={() => void query.refetch()} />
  if (shown.length === 0) return <NoRows filter={filter} />
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
