import type { HelpWords } from './words.ts'

export const Loading = ({ words }: { words: HelpWords }) => (
  <div class="skeleton" role="status" aria-label={words.loading} />
)

export const Failed = ({ words, retry }: { words: HelpWords; retry: () => void }) => (
  <div class="help-state" role="alert">
    <p>{words.failed}</p>
    <button type="button" class="chip" onClick={retry}>
      {words.retry}
    </button>
  </div>
)

/** There is always a person to ask. */
export const Ask = ({ words, onAsk }: { words: HelpWords; onAsk: () => void }) => (
  <button type="button" class="chip" onClick={onAsk}>
    {words.ask}
  </button>
)
