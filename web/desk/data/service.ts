import { createStore, useStore } from './store.ts'

const ASK_AGAIN_MS = 3_000

const away = createStore(false)
let timer: ReturnType<typeof setTimeout> | undefined
const backs = new Set<() => void>()

/** Whether the service cannot do its work just now (its database is away, its disk is full). */
export const useServiceAway = () => useStore(away)

/** Hears when it can again; gives the way to stop. */
export function onServiceBack(listener: () => void): () => void {
  backs.add(listener)
  return () => backs.delete(listener)
}

/** Bad news comes from a failed call or over the live connection; good news is asked for until it comes. */
export function noteAway(): void {
  if (away.get()) return
  away.set(true)
  askLater()
}

export function noteBack(): void {
  clearTimeout(timer)
  if (!away.get()) return
  away.set(false)
  for (const listener of [...backs]) listener()
}

function askLater(): void {
  clearTimeout(timer)
  // Not all desks in the same instant.
  timer = setTimeout(ask, ASK_AGAIN_MS * (0.5 + Math.random()))
}

async function ask(): Promise<void> {
  const isReady = await fetch('/readyz', { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )
  if (isReady) noteBack()
  else if (away.get()) askLater()
}
