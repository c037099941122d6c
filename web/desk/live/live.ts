import { useEffect } from 'react'
import { type ConnectionState, RealtimeConnection } from '../../shared/realtime/index.ts'
import { outbox } from '../composer/outbox.ts'
import { queryClient } from '../data/query-client.ts'
import { onServiceBack } from '../data/service.ts'
import { refreshInbox } from '../inbox/refresh-inbox.ts'
import { applyFrame } from './apply-frame.ts'
import { refreshTimelines } from './refresh-timelines.ts'

/** After a lost network or an absent service everything on screen is read again; lanes resume by themselves, and what could not leave leaves. */
function catchUp(): void {
  for (const key of ['conversation', 'siblings', 'card', 'lines-of', 'line', 'approvals', 'market']) {
    void queryClient.invalidateQueries({ queryKey: [key] })
  }
  refreshInbox()
  void refreshTimelines()
  outbox.nudge()
}

function onState(state: ConnectionState): void {
  queryClient.setQueryData(['connection'], state)
  if (state.online && state.returns > 1) catchUp()
}

export const live = new RealtimeConnection({
  url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/realtime`,
  onFrame: applyFrame,
  onState,
})

/** Keeps the live connection while the desk is open and unlocked. */
export function useLive(): void {
  useEffect(() => {
    live.start()
    live.followInbox(true)
    const stop = onServiceBack(catchUp)
    return () => {
      stop()
      live.stop()
    }
  }, [])
}
