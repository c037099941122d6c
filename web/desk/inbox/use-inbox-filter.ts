import { useNavigate, useSearch } from '@tanstack/react-router'
import type { InboxFilter } from '../data/inbox.ts'

/** The filter in the URL and the way to change a part of it. */
export function useInboxFilter() {
  const { view, state, channel, topicId } = useSearch({ from: '/inbox' })
  const navigate = useNavigate()
  const filter: InboxFilter = { view, state, ...(channel && { channel }), ...(topicId && { topicId }) }
  const change = (part: Partial<InboxFilter>) =>
    void navigate({ to: '/inbox', search: { ...filter, ...part } })
  return { filter, change }
}
