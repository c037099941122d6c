import { Skeleton } from '@mantine/core'
import { IconEyeOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Article } from '../../../contracts/articles.ts'
import type { Locale } from '../../../contracts/primitives.ts'
import { formatMoment } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { articleQuery } from '../data/articles.ts'
import { Failed } from '../parts/states.tsx'
import { ArticleBody } from './article-body.tsx'
import styles from './knowledge.module.css'

interface Props {
  readonly articleKey: string
  readonly locale: Locale
  readonly titleLevel?: 1 | 2
  readonly onArticle: (key: string) => void
  /** What can be done with the article. */
  readonly actions?: (article: Article) => ReactNode
}

/** One article: what it is about, for whom, its words. */
export function ArticleView({ articleKey, locale, titleLevel = 1, onArticle, actions }: Props) {
  const { t, locale: mine } = useWords()
  const { data: article, error, isPending, refetch } = useQuery(articleQuery(articleKey, locale))
  if (isPending) return <Skeleton height={240} m={24} />
  if (!article) return <Failed error={error} retry={() => void refetch()} />
  const Title = `h${titleLevel}` as const
  return (
    <article className={styles.article} lang={article.locale}>
      <header lang={mine}>
        {article.section && (
          <p className={styles.path}>
            {article.section.title}
            {article.topic && article.topic.id !== article.section.id && ` › ${article.topic.title}`}
          </p>
        )}
        <Title lang={article.locale}>{article.title}</Title>
        {article.audience === 'agents' && (
          <p className={styles.inner}>
            <IconEyeOff size={15} aria-hidden /> {t('help.agentsOnly')}
          </p>
        )}
        {article.locale !== locale && <p className={styles.notice}>{t(`help.onlyIn.${article.locale}`)}</p>}
        {actions?.(article)}
      </header>
      <ArticleBody body={article.body} titleLevel={titleLevel} onArticle={onArticle} />
      <p className={styles.dim} lang={mine}>
        {t('help.publishedAt', { at: formatMoment(article.publishedAt, mine) })}
      </p>
    </article>
  )
}
