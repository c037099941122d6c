import { useEffect, useState } from 'preact/hooks'

const SETTLED_MS = 350

/** A value once it has stopped changing: what is typed is not asked about at every key. */
export function useSteady<T>(value: T): T {
  const [steady, setSteady] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSteady(value), SETTLED_MS)
    return () => clearTimeout(timer)
  }, [value])
  return steady
}
