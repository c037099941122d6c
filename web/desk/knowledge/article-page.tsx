import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconArrowLeft, IconLink, IconPencil } from '@tabler/icons-react'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { Article } from '../../../contracts/articles.ts'
import { articlePath } from '../../shared/markdown/index.ts'
import { useWords } from '../app/words.ts'
import { say } from '../parts/say.ts'
import { useMe } from '../session/use-me.ts'
import { ArticleView } from './article-view.tsx'
import styles from './knowledge.module.css'

/** An article to read at the desk. */
export function ArticlePage() {
  const { t, locale } = useWords()
  const { articleKey } = useParams({ from: '/knowledge/read/$articleKey' })
  const navigate = useNavigate()
  const place = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another article begins at its beginning
  useEffect(() => {
    place.current?.scrollTo({ top: 0 })
  }, [articleKey])
  return (
    <div ref={place} className={styles.reading}>
      <Link to="/knowledge" className={styles.back}>
        <IconArrowLeft size={16} aria-hidden /> {t('help.back')}
      </Link>
      <ArticleView
        articleKey={articleKey}
        locale={locale}
        onArticle={(key) => void navigate({ to: '/knowledge/read/$articleKey', params: { articleKey: key } })}
        actions={(article) => <Actions article={article} />}
      />
    </div>
  )
}

function Actions({ article }: { article: Article }) {
  const { t } = useWords()
  const { may } = useMe()
  const copy = () =>
    navigator.clipboard.writeText(location.origin + articlePath(article.key)).then(
      () => say(t('help.copied')),
      () => undefined,
    )
  return (
    <div className={styles.actions}>
      {may('designer', 'admin') && (
        <Button
          renderRoot={(props) => (
            <Link {...props} to="/knowledge/edit/$articleId" params={{ articleId: article.id }} />
          )}
          variant="default"
          leftSection={<IconPencil size={15} />}
        >
          {t('help.edit')}
        </Button>
      )}
      {article.audience === 'public' && (
        <Tooltip label={t('help.copy')}>
          <ActionIcon aria-label={t('help.copy')} onClick={() => void copy()}>
            <IconLink size={17} />
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  )
}
