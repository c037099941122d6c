import { Button, Skeleton } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { EditedArticle } from '../../../contracts/articles.ts'
import { isProblem } from '../../shared/api/index.ts'
import { useWords } from '../app/words.ts'
import { editedArticleQuery } from '../data/articles.ts'
import { ProblemLine } from '../parts/problem-line.tsx'
import { say } from '../parts/say.ts'
import { Failed } from '../parts/states.tsx'
import { History } from './history.tsx'
import styles from './knowledge.module.css'
import { isWhole, TextEditor } from './text-editor.tsx'
import { useArticleDraft } from './use-article-draft.ts'

/** An article to write: draft, publish, roll back, retire. */
export function EditArticlePage() {
  const { articleId } = useParams({ from: '/knowledge/edit/$articleId' })
  const { data, error, isPending, refetch } = useQuery(editedArticleQuery(articleId))
  if (isPending) return <Skeleton height={320} m={24} />
  if (!data) return <Failed error={error} retry={() => void refetch()} />
  // Another article is another draft.
  return <Editor key={articleId} article={data} />
}

function Editor({ article }: { article: EditedArticle }) {
  const { t } = useWords()
  const draft = useArticleDraft(article)
  const { text, dirty, busy, problem } = draft
  const waits = dirty || article.textVersion !== article.publishedVersion
  const done = (word: 'saved' | 'published' | 'retired') => (ok: boolean) => {
    if (ok) say(t(`help.done.${word}`))
  }
  return (
    <div className={styles.editor}>
      <Link to="/knowledge/edit" className={styles.back}>
        <IconArrowLeft size={16} aria-hidden /> {t('help.back')}
      </Link>
      <header className={styles.editorHead}>
        <div>
          <h1>{text.ru?.title || text.en?.title || article.key}</h1>
          <p className={styles.dim}>
            {article.key} · {t(`help.is.${article.state}`)}
            {article.state === 'published' && waits && ` · ${t('help.newer')}`}
          </p>
        </div>
        <div className={styles.buttons}>
          {article.state !== 'retired' && (
            <Button
              variant="subtle"
              color="gray"
              disabled={busy}
              onClick={() => void draft.retire().then(done('retired'))}
            >
              {t('help.retire')}
            </Button>
          )}
          <Button
            variant="default"
            disabled={!dirty || busy || !isWhole(text)}
            onClick={() => void draft.save().then(done('saved'))}
          >
            {t('help.saveDraft')}
          </Button>
          <Button
            disabled={!waits || busy || !isWhole(text)}
            onClick={() => void draft.publish().then(done('published'))}
          >
            {t(article.state === 'retired' ? 'help.bringBack' : 'help.publish')}
          </Button>
        </div>
      </header>
      <ProblemLine error={problem} />
      {isProblem(problem, 'conflict') && (
        <div className={styles.conflict}>
          {t('help.conflict')}
          <Button variant="default" onClick={() => void draft.takeTheirs()}>
            {t('help.takeTheirs')}
          </Button>
        </div>
      )}
      <TextEditor text={text} change={draft.change} />
      <div className={styles.below}>
        <History
          article={article}
          busy={busy}
          rollBack={(to) => void draft.rollBack(to).then(done('published'))}
        />
        <Helpful {...article.helpful} />
      </div>
    </div>
  )
}

/** What readers said within ninety days; a share of a handful would say nothing. */
function Helpful({ yes, no }: EditedArticle['helpful']) {
  const { t } = useWords()
  return (
    <section className={styles.helpful} aria-label={t('help.helpful')}>
      <h2>{t('help.helpful')}</h2>
      <p>{yes + no === 0 ? t('help.noVotes') : t('help.votes', { yes, no })}</p>
    </section>
  )
}
