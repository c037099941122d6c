import { notifications } from '@mantine/notifications'
import { type Me, staff } from '../../../contracts/staff.ts'
import { call } from '../data/api.ts'
import { queryClient } from '../data/query-client.ts'
import { live } from '../live/live.ts'

/** Something to finish before the screen goes (a draft that is not saved yet). */
const lastWords = new Set<() => Promise<unknown>>()
export function beforeLeaving(finish: () => Promise<unknown>): () => void {
  lastWords.add(finish)
  return () => lastWords.delete(finish)
}

const finishUp = () => Promise.allSettled([...lastWords].map((finish) => finish()))

function forget(): void {
  live.stop()
  notifications.clean()
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' })
}

/** Covers the desk: nothing personal stays in the page or in memory. */
export function coverDesk(): void {
  queryClient.setQueryData<Me>(['me'], (me) => me && { ...me, locked: true })
  // After React has taken the screen down, so that nothing on it asks again.
  setTimeout(forget)
}

/** Locks the desk here and on the server. */
export async function lockDesk(): Promise<void> {
  await finishUp()
  await call(staff.lockSession, {}).catch(() => undefined)
  coverDesk()
}

/** The session is over: back to the door. */
export function dropSession(): void {
  live.stop()
  notifications.clean()
  queryClient.clear()
  void queryClient.resetQueries({ queryKey: ['me'] })
}

export async function signOut(): Promise<void> {
  await finishUp()
  await call(staff.signOut, {}).catch(() => undefined)
  location.assign('/desk/')
}
