import { useEffect } from 'preact/hooks'
import { type MyEntry, my } from '../../../../contracts/my.ts'
import { call } from '../../data/api.ts'

/**
 * Tells the operator how far the person has read in the app's own chat: agents see it, and nothing more is sent to the phone about what was
 * seen. Only what stands on a screen that is looked at counts.
 */
export function useReadMark(entries: readonly MyEntry[]): void {
  const newest = entries.findLast(({ channel, from }) => channel === 'my' && from !== 'me')
  const { laneId, seq } = newest ?? {}
  useEffect(() => {
    if (laneId === undefined || seq === undefined) return
    const tell = () => {
      if (document.visibilityState !== 'visible') return
      document.removeEventListener('visibilitychange', tell)
      // It is told again with the next message, or when the chat is opened next.
      call(my.markMyTimelineRead, { body: { laneId, seq } }).catch(() => undefined)
    }
    document.addEventListener('visibilitychange', tell)
    tell()
    return () => document.removeEventListener('visibilitychange', tell)
  }, [laneId, seq])
}
