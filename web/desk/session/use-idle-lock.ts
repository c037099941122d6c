import { useEffect } from 'react'
import { lockDesk } from './leave.ts'

const INPUTS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const

/** Locks after `idleLockMs` without input in any tab of the desk. */
export function useIdleLock(idleLockMs: number): void {
  useEffect(() => {
    const others = new BroadcastChannel('otklik.desk.activity')
    let last = Date.now()
    let told = 0
    const touch = () => {
      last = Date.now()
      if (last - told < 5000) return
      told = last
      others.postMessage(0)
    }
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
