import { useEffect, useState } from 'preact/hooks'
import type { ClientFrame, ServerFrame } from '../../../contracts/realtime.ts'
import { type ConnectionState, RealtimeConnection } from '../../shared/realtime/index.ts'
import { lineChanged } from './lines.ts'
import { lookAgain, retryFailed } from './reading.ts'

type Hear = (frame: ServerFrame) => void
const hearers = new Set<Hear>()
const readies = new Set<() => void>()
let connection: RealtimeConnection | undefined
let state: ConnectionState = { online: false, heardAt: null, returns: 0 }
const watchers = new Set<(state: ConnectionState) => void>()

function onState(next: ConnectionState): void {
  const stands = next.online && !state.online
  // What happened meanwhile was not told.
  if (next.returns > state.returns) {
    lookAgain('session')
    lookAgain('line:')
    retryFailed()
  }
  state = next
  if (stands) {
    // From now on; who shows the story asks again from where it stands.
    tellLive({ type: 'my-watch', laneSeqs: {} })
    for (const hear of readies) hear()
  }
  for (const tell of watchers) tell(next)
}

function onFrame(frame: ServerFrame): void {
  if (frame.type === 'my-line') lineChanged(frame.lineId)
  // A line may be theirs no more, or another one may be.
  if (frame.type === 'my-resync') lookAgain('session')
  for (const hear of hearers) hear(frame)
}

/** Hears of the person's lines and story while somebody is signed in. */
export function useLive(): void {
  useEffect(() => {
    const url = `${location.origin.replace(/^http/, 'ws')}/realtime?as=my`
    connection = new RealtimeConnection({ url, onFrame, onState })
    connection.start()
    return () => connection?.stop()
  }, [])
}

/** Says something to the server, if the connection stands; whoever is told `ready` says it again. */
export const tellLive = (frame: ClientFrame): void => connection?.send(frame)

/** Hears frames as they come; for the chat. */
export function onLiveFrame(hear: Hear): () => void {
  hearers.add(hear)
  return () => hearers.delete(hear)
}

/** Hears when the connection stands again: what happened meanwhile was not told. */
export function onLiveReady(hear: () => void): () => void {
  readies.add(hear)
  return () => readies.delete(hear)
}

/** Whether the live connection stands. */
export function useConnection(): ConnectionState {
  const [now, setNow] = useState(state)
  useEffect(() => {
    watchers.add(setNow)
    return () => {
      watchers.delete(setNow)
    }
  }, [])
  return now
}
