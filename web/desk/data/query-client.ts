import { QueryClient } from '@tanstack/react-query'

/** What the desk knows right now. In memory only: it goes with the tab, and is emptied when the desk locks. */
export const queryClient = new QueryClient({
  defaultOptions: {
    // The client itself repeats what may be repeated; `always`, because a loopback server is reachable when the network is not.
    queries: {
      retry: false,
      staleTime: 10_000,
      gcTime: 5 * 60_000,
      networkMode: 'always',
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false, networkMode: 'always' },
  },
})
