import { RouterProvider } from '@tanstack/react-router'
import type { Me } from '../../../contracts/staff.ts'
import { useOutboxWork } from '../composer/use-outbox-work.ts'
import { useLive } from '../live/live.ts'
import { useIdleLock } from '../session/use-idle-lock.ts'
import { router } from './router.tsx'

/** Everything that is seen only while somebody is signed in and the desk is unlocked. */
export function Desk({ me }: { me: Me }) {
  useLive()
  useOutboxWork(me.member.id)
  useIdleLock(me.idleLockMs)
  return <RouterProvider router={router} />
}
