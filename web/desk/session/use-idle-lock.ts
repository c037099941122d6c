import { useEffect } from 'react'
import { staff } from '../../../contracts/staff.ts'
import { call } from '../data/api.ts'
import { lockDesk } from './leave.ts'

/** How often the server hears that somebody is here; a short lock wants it oftener. */
const HERE_MS = 60_000
const INPUTS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const

/**
 * Locks after `idleLockMs` without input in any tab of the desk. The server locks by itself too and counts no mere reading:
 * while there is input it is told so.
 */
export function useIdleLock(idleLockMs: number): void {
  useEffect(() => {
    const others = new BroadcastChannel('otklik.desk.activity')
    let last = Date.now()
    let told = 0
    // Opening the desk is itself an act that the server has seen.
    let reported = last
    const report = () => {
      if (last - reported < Math.min(HERE_MS, idleLockMs / 3)) return
      reported = last
      call(staff.getMe, { active: true }).catch(() => undefined)
    }
    const touch = () => {
      last = Date.now()
      report()
      if (last - told < 5000) return
      told = last
      others.postMessage(0)
    }
    // Another tab that saw the input has reported it, or will.
    others.onmessage = () => {
      last = Date.now()
    }
    const timer = setInterval(
      () => {
        if (Date.now() - last >= idleLockMs) void lockDesk()
      },
      Math.min(5000, idleLockMs),
    )
    for (const input of INPUTS) window.addEventListener(input, touch, { passive: true })
    return () => {
      clearInterval(timer)
      others.close()
      for (const input of INPUTS) window.removeEventListener(input, touch)
    }
  }, [idleLockMs])
}
