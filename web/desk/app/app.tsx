import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { queryClient } from '../data/query-client.ts'
import { SessionGate } from '../session/session-gate.tsx'
import { theme } from './theme.ts'

/** The desk: looks, data, and behind the session gate the work itself. */
export function App() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <Notifications position="top-center" limit={3} autoClose={5000} />
        <SessionGate />
      </QueryClientProvider>
    </MantineProvider>
  )
}
