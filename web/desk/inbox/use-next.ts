import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { conversations } from '../../../contracts/conversations.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { type InboxFilter, inboxQuery } from '../data/inbox.ts'
import { say, sayProblem } from '../parts/say.ts'
import { offerGoOn } from './go-on.ts'
import { nextOf } from './next-of.ts'
import { useInboxFilter } from './use-inbox-filter.ts'

const firstUnassigned = async (filter: InboxFilter): Promise<string | undefined> =>
  (await call(conversations.listConversations, { query: { ...filter, view: 'unassigned', limit: 1 } }))
    .items[0]?.id

/** Lets one go on from a conversation to the next of the list; whoever has none left of their own, to who waits for anybody. */
export function useNext(id: string): void {
  const { t } = useWords()
  const { filter } = useInboxFilter()
  const navigate = useNavigate()
  const query = useInfiniteQuery(inboxQuery(filter))
  const rows = (query.data?.pages ?? []).flatMap((page) => page.items.map((row) => row.id))
  const known = useRef<readonly string[]>([])
  if (rows.includes(id)) known.current = rows

  const open = (conversationId: string, search: InboxFilter) =>
    void navigate({ to: '/inbox/$conversationId', params: { conversationId }, search })
  const lead = async () => {
    const next = nextOf(id, known.current, rows)
    if (next) return open(next, filter)
    const isOwn = filter.view === 'mine' && filter.state === 'open'
    const waiting = isOwn ? await firstUnassigned(filter) : undefined
    if (waiting) return open(waiting, { ...filter, view: 'unassigned' })
    say(t('conversation.noNext'))
    return void navigate({ to: '/inbox', search: filter })
  }
  const latest = useRef(lead)
  latest.current = lead
  useEffect(() => offerGoOn(() => void latest.current().catch(sayProblem)), [])
}
