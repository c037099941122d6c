import { useCallback, useEffect, useState } from 'preact/hooks'
import type { Got } from './help-api.ts'

export type Loaded<T> = Got<T> | 'loading'

/** What an asked-for thing came to; asks anew when `ask` changes or when told to. */
export const useGot = <T>(
  ask: (signal: AbortSignal) => Promise<Got<T>>,
): readonly [Loaded<T>, () => void] => {
  const [got, setGot] = useState<Loaded<T>>('loading')
  const [attempt, setAttempt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another request
  useEffect(() => {
    const stop = new AbortController()
    setGot('loading')
    void ask(stop.signal).then((answer) => {
      if (!stop.signal.aborted) setGot(answer)
    })
    return () => stop.abort()
  }, [ask, attempt])
  return [got, useCallback(() => setAttempt((before) => before + 1), [])]
}
