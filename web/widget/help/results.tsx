import { useCallback } from 'preact/hooks'
import type { Highlighted } from '../../../contracts/articles.ts'
import { piecesOf } from '../../shared/markdown/pieces.ts'
import { fill } from '../locales/speak.ts'
import type { HelpApi } from './help-api.ts'
import { Ask, Failed, Loading } from './states.tsx'
import { useGot } from './use-got.ts'
import type { HelpWords } from './words.ts'

const Marked = ({ part }: { part: Highlighted }) => (
  <>{piecesOf(part).map(({ at, text, hit }) => (hit ? <mark key={at}>{text}</mark> : text))}</>
)

interface Props {
  readonly api: HelpApi
  readonly words: HelpWords
  readonly q: string
  readonly onArticle: (key: string) => void
  readonly onAsk: () => void
}

/** What was found; where nothing was, the way to a person. */
export const Results = ({ api, words, q, onArticle, onAsk }: Props) => {
  const [got, retry] = useGot(useCallback((signal: AbortSignal) => api.search(q, signal), [api, q]))
  if (got === 'loading') return <Loading words={words} />
  if (!got.ok) return <Failed words={words} retry={retry} />
  const { hits, corrected } = got.value
  if (hits.length === 0)
    return (
      <div class="help-state" role="status">
        <p>
          <b>{words.nothing}</b>
          <br />
          {words.nothingHint}
        </p>
        <Ask words={words} onAsk={onAsk} />
      </div>
    )
  return (
    <>
      <p class="help-note" role="status">
        {corrected && fill(words.corrected, { q: corrected })}
      </p>
      <ul class="help-list" aria-label={words.results}>
        {hits.map(({ key, title, excerpt, locale }) => (
          <li key={key}>
            <button type="button" class="help-item" lang={locale} onClick={() => onArticle(key)}>
              <b>
                <Marked part={title} />
              </b>
              <small>
                <Marked part={excerpt} />…
              </small>
            </button>
          </li>
        ))}
      </ul>
      <div class="help-state">
        <p>{words.notIt}</p>
        <Ask words={words} onAsk={onAsk} />
      </div>
    </>
  )
}
