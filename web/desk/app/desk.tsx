import { RouterProvider } from '@tanstack/react-router'
import { useLive } from '../live/live.ts'
import { useIdleLock } from '../session/use-idle-lock.ts'
import { router } from './router.tsx'

/** Everything that is seen only while somebody is signed in and the desk is unlocked. */
export function Desk({ idleLockMs }: { idleLockMs: number }) {
  useLive()
  useIdleLock(idleLockMs)
  return <RouterProvider router={router} />
}
