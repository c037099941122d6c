import { notifications } from '@mantine/notifications'
import { type Me, staff } from '../../../contracts/staff.ts'
import { call } from '../data/api.ts'
import { queryClient } from '../data/query-client.ts'
import { live } from '../live/live.ts'

/** Longer than this nobody waits at a locked door: what is not saved by then stays in the outbox. */
const FINISH_WITHIN_MS = 5_000

/** Something to finish before the screen goes (a draft that is not saved yet). */
const lastWords = new Set<() => Promise<unknown>>()
export function beforeLeaving(finish: () => Promise<unknown>): () => void {
  lastWords.add(finish)
  return () => lastWords.delete(finish)
}

const finishUp = () =>
  Promise.race([
    Promise.allSettled([...lastWords].map((finish) => finish())),
    new Promise((resolve) => setTimeout(resolve, FINISH_WITHIN_MS)),
  ])

/**
 * What the tab must not take with it. `flush` sends it when the page is closed or put aside; while `isInDanger`, the browser asks
 * the person before closing.
 */
export function beforeUnload(isInDanger: () => boolean, flush?: () => void): () => void {
  const ask = (event: BeforeUnloadEvent) => {
    if (isInDanger()) event.preventDefault()
  }
  // A phone puts pages to sleep without closing them.
  const onHidden = () => document.visibilityState === 'hidden' && flush?.()
  const onGone = () => flush?.()
  window.addEventListener('beforeunload', ask)
  window.addEventListener('pagehide', onGone)
  document.addEventListener('visibilitychange', onHidden)
  return () => {
    window.removeEventListener('beforeunload', ask)
    window.removeEventListener('pagehide', onGone)
    document.removeEventListener('visibilitychange', onHidden)
  }
}

function forget(): void {
  live.stop()
  notifications.clean()
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' })
}

/**
 * Covers the desk: nothing about a person stays in the page or in memory, save the agent's own words that could be given neither to
 * the server nor to a draft.
 */
export function coverDesk(): void {
  queryClient.setQueryData<Me>(['me'], (me) => me && { ...me, locked: true })
  // After React has taken the screen down, so that nothing on it asks again.
  setTimeout(forget)
}

/** Locks the desk here at once, and on the server when the last words are saved. */
export async function lockDesk(): Promise<void> {
  const finished = finishUp()
  coverDesk()
  await finished
  const isStillLocked = queryClient.getQueryData<Me>(['me'])?.locked
  if (isStillLocked) await call(staff.lockSession, {}).catch(() => undefined)
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
