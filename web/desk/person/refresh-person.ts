import { queryClient } from '../data/query-client.ts'
import { refreshInbox } from '../inbox/refresh-inbox.ts'

/** Links change what a person's timeline is: card, conversation and timeline are read again. */
export function refreshPerson(): void {
  for (const key of ['card', 'lines-of', 'conversation', 'siblings'])
    void queryClient.invalidateQueries({ queryKey: [key] })
  refreshInbox()
  void queryClient.resetQueries({ queryKey: ['timeline'] })
}
