import { IconEyeOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { ArticleCard, ArticleHit } from '../../../contracts/articles.ts'
import { useWords } from '../app/words.ts'
import styles from './knowledge.module.css'
import { Marked } from './marked.tsx'

interface ItemProps {
  readonly article: Pick<ArticleCard, 'key' | 'audience' | 'locale'>
  readonly chosen: boolean
  readonly onChoose: (key: string) => void
  readonly children: ReactNode
}

function Item({ article, chosen, onChoose, children }: ItemProps) {
  const { t, locale } = useWords()
  return (
    <li>
      <button
        type="button"
        className={styles.item}
        aria-current={chosen}
        lang={article.locale}
        onClick={() => onChoose(article.key)}
      >
        {children}
        {article.audience === 'agents' && (
          <span className={styles.mark} lang={locale}>
            <IconEyeOff size={13} aria-hidden /> {t('help.agentsOnly')}
          </span>
        )}
      </button>
    </li>
  )
}

interface ListProps {
  readonly chosen: string | undefined
  readonly onChoose: (key: string) => void
}

/** What was found, with the words that were found. */
export function HitList({ hits, chosen, onChoose }: ListProps & { hits: readonly ArticleHit[] }) {
  const { t } = useWords()
  return (
    <ul className={styles.list} aria-label={t('help.found')}>
      {hits.map((hit) => (
        <Item key={hit.key} article={hit} chosen={hit.key === chosen} onChoose={onChoose}>
          <b>
            <Marked part={hit.title} />
          </b>
          <small>
            <Marked part={hit.excerpt} />…
          </small>
        </Item>
      ))}
    </ul>
  )
}

/** Articles under a heading. */
export function CardList({
  title,
  cards,
  chosen,
  onChoose,
}: ListProps & { title: string; cards: readonly ArticleCard[] }) {
  return (
    <section aria-label={title}>
      <h2 className={styles.section}>{title}</h2>
      <ul className={styles.list}>
        {cards.map((card) => (
          <Item key={card.key} article={card} chosen={card.key === chosen} onChoose={onChoose}>
            {card.title}
          </Item>
        ))}
      </ul>
    </section>
  )
}

/** Articles by the top-level topic, in the order of the topics; those about nothing in particular are last. */
export function sectionsOf(cards: readonly ArticleCard[], others: string) {
  const sections = new Map<string, { title: string; position: number; cards: ArticleCard[] }>()
  for (const card of cards) {
    const { title, position } = card.section ?? { title: others, position: Number.POSITIVE_INFINITY }
    const section = sections.get(title) ?? { title, position, cards: [] }
    section.cards.push(card)
    sections.set(title, section)
  }
  return [...sections.values()].sort((a, b) => a.position - b.position)
}
