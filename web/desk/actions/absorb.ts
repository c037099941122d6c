import { queryClient } from '../data/query-client.ts'

/** Reads again all that an act on conversations may have changed. */
export function refreshConversations(): void {
  for (const key of ['conversation', 'inbox', 'counters', 'siblings'])
    void queryClient.invalidateQueries({ queryKey: [key] })
}
