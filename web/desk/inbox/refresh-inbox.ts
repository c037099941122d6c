import { conversations } from '../../../contracts/conversations.ts'
import { call } from '../data/api.ts'
import { INBOX_PAGE, type InboxFilter } from '../data/inbox.ts'
import { queryClient } from '../data/query-client.ts'
import { type InboxData, pagesInSight, withPage } from './refresh-pages.ts'

/** The list that is on screen: what it shows, and which of its rows can be seen. */
interface Sight {
  readonly filter: InboxFilter
  /** Null: the list is covered, as by a conversation on a phone. */
  readonly rowsInSight: () => ReadonlySet<string> | null
}

const COUNTERS_MS = 3_000
const SOON_MS = 300

let sight: Sight | null = null
/** Pages of the list that are older than the last notice. */
let stale = new Set<number>()
let working: Promise<void> | undefined
let missed = false

/** The list says that it is on screen; gives the way to withdraw. Out of sight it keeps its first page only. */
export function offerSight(now: Sight): () => void {
  sight = now
  stale = new Set()
  return () => {
    if (sight !== now) return
    sight = null
    queryClient.setQueryData<InboxData>(
      ['inbox', now.filter],
      (data) => data && { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) },
    )
  }
}

/** Something in the list is others than it was: what is in sight is read again, the rest when it comes into sight. A hidden tab waits. */
export function refreshInbox(): void {
  if (document.visibilityState === 'hidden') {
    missed = true
    return
  }
  listSoon()
  countersSoon()
}

const listSoon = gather(SOON_MS, () => {
  markStale()
  void refreshSight()
})
const countersSoon = gather(COUNTERS_MS, () => void queryClient.invalidateQueries({ queryKey: ['counters'] }))

/** However often it is called, the work is done once in `ms`, at their end. */
function gather(ms: number, work: () => void): () => void {
  let isDue = false
  return () => {
    if (isDue) return
    isDue = true
    setTimeout(() => {
      isDue = false
      work()
    }, ms)
  }
}

/** Whoever looks at the tab again sees what happened meanwhile. */
export function refreshWhenSeen(): () => void {
  const onSeen = () => {
    if (document.visibilityState === 'hidden' || !missed) return
    missed = false
    refreshInbox()
  }
  document.addEventListener('visibilitychange', onSeen)
  return () => document.removeEventListener('visibilitychange', onSeen)
}

function markStale(): void {
  const data = sight && queryClient.getQueryData<InboxData>(['inbox', sight.filter])
  stale = new Set(data?.pages.keys())
  // Lists that nobody looks at are read anew when somebody does.
  void queryClient.invalidateQueries({ queryKey: ['inbox'], refetchType: 'none' })
}

/** Reads the stale pages in sight again, one after the other: each may move the beginning of the next. */
export function refreshSight(): Promise<void> {
  working ??= readStalePages().finally(() => {
    working = undefined
  })
  return working
}

async function readStalePages(): Promise<void> {
  const looked = sight
  if (!looked) return
  const queryKey = ['inbox', looked.filter]
  for (;;) {
    const data = queryClient.getQueryData<InboxData>(queryKey)
    const rows = looked.rowsInSight()
    const index = data && rows && pagesInSight(data, rows).find((one) => stale.has(one))
    if (!data || typeof index !== 'number' || sight !== looked) return
    stale.delete(index)
    const after = data.pageParams[index]
    const page = await call(conversations.listConversations, {
      query: { ...looked.filter, limit: INBOX_PAGE, ...(after && { after }) },
    }).catch(() => null)
    // Nobody answers: the banner says so, and whoever comes back asks again.
    if (!page) return
    queryClient.setQueryData<InboxData>(queryKey, (now) => {
      if (!now || now.pageParams[index] !== after) return now
      const fresh = withPage(now, index, page)
      if (fresh.nextMoved) stale.add(index + 1)
      return fresh.data
    })
  }
}
