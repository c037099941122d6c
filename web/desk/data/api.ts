import { type ApiProblem, createClient, isProblem } from '../../shared/api/index.ts'

type Listener = (problem: ApiProblem) => void
const listeners = new Set<Listener>()
let away = false

/** Hears of problems that concern the whole desk: the session ended or locked, the service is away or back (null). */
export function onDeskProblem(listener: (problem: ApiProblem | null) => void): () => void {
  listeners.add(listener)
  returns.add(listener)
  return () => {
    listeners.delete(listener)
    returns.delete(listener)
  }
}
const returns = new Set<(problem: null) => void>()

/** The desk's way to every operation of the contracts. */
export const call = createClient({
  onProblem(problem) {
    away ||= isProblem(problem, 'database_unavailable', 'unavailable')
    for (const listener of listeners) listener(problem)
  },
  onAnswer() {
    if (!away) return
    away = false
    for (const listener of returns) listener(null)
  },
})
