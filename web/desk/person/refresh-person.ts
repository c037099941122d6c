import { queryClient } from '../data/query-client.ts'

/** Links change what a person's timeline is: card, conversation and timeline are read again. */
export function refreshPerson(): void {
  for (const key of ['card', 'conversation', 'inbox', 'siblings'])
    void queryClient.invalidateQueries({ queryKey: [key] })
  void queryClient.resetQueries({ queryKey: ['timeline'] })
}
