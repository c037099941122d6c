import { type ApiProblem, createClient } from '../../shared/api/index.ts'

type Listener = (problem: ApiProblem) => void
const listeners = new Set<Listener>()

/** Hears of every problem of every call: the session ended, the network is away. */
export function onProblem(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** One browser may be signed in at the desk too: the header says that it is My that asks. */
export const asMy: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers)
  headers.set('x-otklik-app', 'my')
  return fetch(input, { ...init, headers })
}

export const call = createClient({
  fetch: asMy,
  onProblem: (problem) => {
    for (const tell of listeners) tell(problem)
  },
})
