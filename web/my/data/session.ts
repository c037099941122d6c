import { type MySession, my } from '../../../contracts/my.ts'
import { call } from './api.ts'
import { forgetUnsent } from './outbox.ts'
import { forgetReadings, keepReading, type Reading, useReading } from './reading.ts'
import { forgetOffline } from './service-worker.ts'

const KEY = 'session'

/** Who is signed in; `problem` says `unauthenticated` when nobody is. */
export const useSession = (): Reading<MySession> => useReading(KEY, () => call(my.getMySession, {}))

/** Somebody has signed in. */
export const keepSession = (session: MySession): void => keepReading(KEY, session)

/** Signs out here or everywhere, and begins anew: nothing of the person stays in memory. */
export async function signOut(everywhere = false): Promise<void> {
  await call(my.signOutOfMy, { query: { everywhere: everywhere ? 'yes' : 'no' } })
  await leave()
}

/** The session is over: begins anew. */
export async function leave(): Promise<void> {
  await forgetOffline()
  forgetUnsent()
  forgetReadings()
  location.assign('/my/')
}
