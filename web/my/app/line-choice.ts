import { useEffect, useState } from 'preact/hooks'
import type { LineRef } from '../../../contracts/lines.ts'

const KEPT = 'my-line'
const listeners = new Set<(id: string) => void>()

/** The line that is looked at, of several. The choice outlives the page; an id alone tells nobody anything. */
export function useLineChoice(lines: readonly LineRef[]): {
  line: LineRef | undefined
  choose(id: string): void
} {
  const [id, setId] = useState(() => localStorage.getItem(KEPT))
  useEffect(() => {
    listeners.add(setId)
    return () => {
      listeners.delete(setId)
    }
  }, [])
  return {
    line: lines.find((one) => one.id === id) ?? lines[0],
    choose: (next) => {
      localStorage.setItem(KEPT, next)
      for (const tell of listeners) tell(next)
    },
  }
}
