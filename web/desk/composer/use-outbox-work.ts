import { useEffect } from 'react'
import { beforeLeaving, beforeUnload } from '../session/leave.ts'
import { outbox } from './outbox.ts'

/** Carries unsent answers while this member's desk is open; warns before a tab with unsent words is closed. */
export function useOutboxWork(memberId: string): void {
  useEffect(() => {
    outbox.open(memberId)
    const stops = [beforeLeaving(outbox.close), beforeUnload(() => !outbox.isEmpty())]
    return () => {
      for (const stop of stops) stop()
      void outbox.close()
    }
  }, [memberId])
}
