import { useEffect, useRef, useState } from 'react'

/** How long what was done can be taken back. */
const UNDO_MS = 8000

/**
 * Does `act` a while after it was begun, unless it is taken back before. Who looks elsewhere meanwhile has decided: then it is done at once.
 */
export function useUndoable(act: () => void): {
  readonly waits: boolean
  readonly begin: () => void
  readonly takeBack: () => void
} {
  const [waits, setWaits] = useState(false)
  const takenBack = useRef(false)
  const newest = useRef(act)
  newest.current = act
  useEffect(() => {
    if (!waits) return
    const timer = setTimeout(() => setWaits(false), UNDO_MS)
    return () => {
      clearTimeout(timer)
      if (!takenBack.current) newest.current()
    }
  }, [waits])
  return {
    waits,
    begin: () => {
      takenBack.current = false
      setWaits(true)
    },
    takeBack: () => {
      takenBack.current = true
      setWaits(false)
    },
  }
}
