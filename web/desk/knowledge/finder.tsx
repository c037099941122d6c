import { Skeleton, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Locale } from '../../../contracts/primitives.ts'
import { useWords } from '../app/words.ts'
import { articleSearchQuery, articlesQuery, suggestionsQuery } from '../data/articles.ts'
import { MoreButton } from '../parts/more-button.tsx'
import { Empty, Failed } from '../parts/states.tsx'
import { CardList, HitList, sectionsOf } from './article-list.tsx'
import styles from './knowledge.module.css'

const PAUSE_MS = 250

interface Props {
  readonly locale: Locale
  readonly chosen?: string | undefined
  readonly onChoose: (key: string) => void
  /** What the conversation is about: its articles stand first. */
  readonly topicId?: string | null
}

/** Finds an article: by words, by the topic at hand, or among all. */
export function Finder({ locale, chosen, onChoose, topicId = null }: Props) {
  const { t } = useWords()
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text.trim(), PAUSE_MS)
  return (
    <>
      <div className={styles.field}>
        <TextInput
          type="search"
          aria-label={t('help.search')}
          placeholder={t('help.search')}
          leftSection={<IconSearch size={16} />}
          maxLength={200}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          data-autofocus
        />
      </div>
      <div className={styles.results}>
        {asked.length >= 2 ? (
          <Found q={asked} locale={locale} chosen={chosen} onChoose={onChoose} />
        ) : (
          <>
            {topicId && <Suggested topicId={topicId} locale={locale} chosen={chosen} onChoose={onChoose} />}
            <Contents locale={locale} chosen={chosen} onChoose={onChoose} />
          </>
        )}
      </div>
    </>
  )
}

type PartProps = Omit<Props, 'topicId'>

function Found({ q, locale, chosen, onChoose }: PartProps & { q: string }) {
  const { t } = useWords()
  const { data, error, isPending, refetch } = useQuery(articleSearchQuery(q, locale))
  if (isPending) return <Skeleton height={120} m={12} />
  if (!data) return <Failed error={error} retry={() => void refetch()} />
  if (data.hits.length === 0) return <Empty title={t('help.nothing')} hint={t('help.nothingHint')} />
  return (
    <>
      <p className={styles.corrected} role="status">
        {data.corrected && t('help.corrected', { q: data.corrected })}
      </p>
      <HitList hits={data.hits} chosen={chosen} onChoose={onChoose} />
    </>
  )
}

function Suggested({ topicId, locale, chosen, onChoose }: PartProps & { topicId: string }) {
  const { t } = useWords()
  const { data } = useQuery(suggestionsQuery(topicId, locale))
  if (!data || data.length === 0) return null
  return <CardList title={t('help.suggested')} cards={data} chosen={chosen} onChoose={onChoose} />
}

function Contents({ locale, chosen, onChoose }: PartProps) {
  const { t } = useWords()
  const query = useInfiniteQuery(articlesQuery(locale))
  if (query.isPending) return <Skeleton height={240} m={12} />
  if (!query.data) return <Failed error={query.error} retry={() => void query.refetch()} />
  const cards = query.data.pages.flatMap((page) => page.items)
  if (cards.length === 0) return <Empty title={t('help.empty')} hint={t('help.emptyHint')} />
  return (
    <>
      {sectionsOf(cards, t('help.others')).map((section) => (
        <CardList
          key={section.title}
          title={section.title}
          cards={section.cards}
          chosen={chosen}
          onChoose={onChoose}
        />
      ))}
      <MoreButton query={query} m={12} />
    </>
  )
}
