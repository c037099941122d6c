import { MantineProvider } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { queryClient } from '../data/query-client.ts'
import { SessionGate } from '../session/session-gate.tsx'
import { theme } from './theme.ts'

/** The rail stays in sight. */
const RAIL_PX = 48

/** The desk: looks, data, and behind the session gate the work itself. */
export function App() {
  // Where a word covers least: never the name and acts of the open conversation, nor the answer being written.
  const narrow = useMediaQuery('(max-width: 760px)')
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <Notifications
          position={narrow ? 'top-center' : 'bottom-left'}
          containerWidth={narrow ? 440 : 336}
          styles={{ root: narrow ? {} : { marginInlineStart: RAIL_PX } }}
          limit={3}
          autoClose={5000}
        />
        <SessionGate />
      </QueryClientProvider>
    </MantineProvider>
  )
}
