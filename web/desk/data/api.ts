import { type ApiProblem, createClient } from '../../shared/api/index.ts'
import { noteAway } from './service.ts'

type Listener = (problem: ApiProblem) => void
const listeners = new Set<Listener>()

/** Hears of every problem; what concerns the whole desk, such as an ended session, is looked for in it. */
export function onProblem(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Our own service, or whatever stands before it: a system that is merely asked by us is another matter. */
const isServiceAway = ({ code, traceId }: ApiProblem) =>
  code === 'database_unavailable' || (code === 'unavailable' && traceId === null)

/** The desk's way to every operation of the contracts. */
export const call = createClient({
  onProblem(problem) {
    if (isServiceAway(problem)) noteAway()
    for (const listener of listeners) listener(problem)
  },
})
