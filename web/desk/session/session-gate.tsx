import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect } from 'react'
import { isProblem } from '../../shared/api/index.ts'
import { Desk } from '../app/desk.tsx'
import { Starting } from '../app/starting.tsx'
import { onProblem } from '../data/api.ts'
import { queryClient } from '../data/query-client.ts'
import { meQuery } from '../data/session.ts'
import { sessionEnds } from '../live/apply-frame.ts'
import { Failed } from '../parts/states.tsx'
import { coverDesk, dropSession } from './leave.ts'
import { LockScreen } from './lock-screen.tsx'
import { SignIn } from './sign-in.tsx'

// Once in a colleague's life, or little more.
const ChoosePassword = lazy(async () => ({
  default: (await import('./choose-password.tsx')).ChoosePassword,
}))
const EnrolSecondFactor = lazy(async () => ({
  default: (await import('./enrol-second-factor.tsx')).EnrolSecondFactor,
}))

function useSessionEnds(): void {
  useEffect(() => {
    const onSession = () => dropSession()
    const onLocked = () => coverDesk()
    sessionEnds.addEventListener('session', onSession)
    sessionEnds.addEventListener('locked', onLocked)
    const stop = onProblem((problem) => {
      if (isProblem(problem, 'session_locked')) coverDesk()
      if (isProblem(problem, 'unauthenticated') && queryClient.getQueryData(['me'])) dropSession()
    })
    return () => {
      stop()
      sessionEnds.removeEventListener('session', onSession)
      sessionEnds.removeEventListener('locked', onLocked)
    }
  }, [])
}

/** Decides what may be seen at all: the door, the lock, the second factor, a password of one's own, or the desk. */
export function SessionGate() {
  const { data: me, error, isPending, refetch } = useQuery(meQuery)
  useSessionEnds()
  if (isPending) return <Starting />
  if (isProblem(error, 'unauthenticated')) return <SignIn />
  if (!me) return <Failed error={error} retry={() => void refetch()} />
  if (me.locked) return <LockScreen me={me} />
  if (me.secondFactorDue || me.passwordDue)
    return <Suspense>{me.secondFactorDue ? <EnrolSecondFactor /> : <ChoosePassword />}</Suspense>
  return <Desk me={me} />
}
