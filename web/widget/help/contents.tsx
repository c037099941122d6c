import { useCallback } from 'preact/hooks'
import type { ArticleCard } from '../../../contracts/articles.ts'
import type { HelpApi } from './help-api.ts'
import { Failed, Loading } from './states.tsx'
import { useGot } from './use-got.ts'
import type { HelpWords } from './words.ts'

interface Section {
  readonly title: string
  readonly position: number
  readonly cards: ArticleCard[]
}

/** Articles by what they are about, in the order of the topics; those about nothing in particular are last. */
const sectionsOf = (cards: readonly ArticleCard[], others: string): Section[] => {
  const sections = new Map<string, Section>()
  for (const card of cards) {
    const { title, position } = card.section ?? { title: others, position: Number.POSITIVE_INFINITY }
    const section = sections.get(title) ?? { title, position, cards: [] }
    section.cards.push(card)
    sections.set(title, section)
  }
  return [...sections.values()].sort((a, b) => a.position - b.position)
}

interface Props {
  readonly api: HelpApi
  readonly words: HelpWords
  readonly onArticle: (key: string) => void
}

/** All articles, before anything is asked. */
export const Contents = ({ api, words, onArticle }: Props) => {
  const [got, retry] = useGot(useCallback((signal: AbortSignal) => api.list(signal), [api]))
  if (got === 'loading') return <Loading words={words} />
  if (!got.ok) return <Failed words={words} retry={retry} />
  return (
    <>
      {sectionsOf(got.value, words.others).map(({ title, cards }) => (
        <section key={title} aria-label={title}>
          <h3 class="help-section">{title}</h3>
          <ul class="help-list">
            {cards.map(({ key, title, locale }) => (
              <li key={key}>
                <button type="button" class="help-item" lang={locale} onClick={() => onArticle(key)}>
                  {title}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}
