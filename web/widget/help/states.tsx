import { useEffect } from 'preact/hooks'
import { onReturn } from '../core/on-return.ts'
import type { HelpWords } from './words.ts'

export const Loading = ({ words }: { words: HelpWords }) => (
  <div class="skeleton" role="status" aria-label={words.loading} />
)

/** It did not come; asked for again by a button, and by itself once the network is back. */
export const Failed = ({ words, retry }: { words: HelpWords; retry: () => void }) => {
  useEffect(() => {
    const life = new AbortController()
    onReturn(retry, life.signal)
    return () => life.abort()
  }, [retry])
  return (
    <div class="help-state" role="alert">
      <p>{navigator.onLine ? words.failed : words.offline}</p>
      <button type="button" class="chip" onClick={retry}>
        {words.retry}
      </button>
    </div>
  )
}

/** There is always a person to ask. */
export const Ask = ({ words, onAsk }: { words: HelpWords; onAsk: () => void }) => (
  <button type="button" class="chip" onClick={onAsk}>
    {words.ask}
  </button>
)
