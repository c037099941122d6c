import { Button, Modal, Skeleton } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ArticleStep, EditedArticle } from '../../../contracts/articles.ts'
import { formatMoment } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { articleHistoryQuery, articleTextQuery } from '../data/articles.ts'
import { MoreButton } from '../parts/more-button.tsx'
import { Failed } from '../parts/states.tsx'
import styles from './knowledge.module.css'
import { LanguageColumn } from './language-column.tsx'

interface Props {
  readonly article: EditedArticle
  readonly busy: boolean
  readonly rollBack: (to: number) => void
}

/** Who did what to the article and when, newest first; a text that was in force can be put back. */
export function History({ article, busy, rollBack }: Props) {
  const { t } = useWords()
  const [shown, setShown] = useState<number | null>(null)
  const query = useInfiniteQuery(articleHistoryQuery(article.id))
  const steps = query.data?.pages.flatMap((page) => page.items) ?? []
  const published = new Set(
    steps.filter(({ act }) => act === 'published' || act === 'rolled-back').map((step) => step.textVersion),
  )
  return (
    <section className={styles.history} aria-label={t('help.history')}>
      <h2>{t('help.history')}</h2>
      {query.isPending && <Skeleton height={120} />}
      {query.error && !query.data && <Failed error={query.error} retry={() => void query.refetch()} />}
      <ol>
        {steps.map((step) => (
          <Step key={step.version} step={step} article={article} show={setShown}>
            {published.has(step.textVersion) &&
              step.act === 'drafted' &&
              step.textVersion !== article.publishedVersion &&
              step.textVersion !== null && (
                <Button
                  size="compact-xs"
                  variant="default"
                  disabled={busy}
                  onClick={() => step.textVersion !== null && rollBack(step.textVersion)}
                >
                  {t('help.rollBack')}
                </Button>
              )}
          </Step>
        ))}
      </ol>
      <MoreButton query={query} />
      {shown !== null && <OldText article={article} version={shown} close={() => setShown(null)} />}
    </section>
  )
}

function Step({
  step,
  article,
  show,
  children,
}: {
  step: ArticleStep
  article: EditedArticle
  show: (version: number) => void
  children: React.ReactNode
}) {
  const { t, locale } = useWords()
  const { version, act, textVersion, at, by } = step
  return (
    <li>
      <span>
        <b>{t(`help.act.${act}`, { version: textVersion ?? version })}</b>
        {act === 'drafted' && textVersion === article.publishedVersion && (
          <span className={styles.inForce}>{t('help.inForce')}</span>
        )}
        <span className={styles.dim}>
          {by}, {formatMoment(at, locale)}
        </span>
      </span>
      {act === 'drafted' && (
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => show(version)}>
          {t('help.show')}
        </Button>
      )}
      {children}
    </li>
  )
}

function OldText({
  article,
  version,
  close,
}: {
  article: EditedArticle
  version: number
  close: () => void
}) {
  const { t } = useWords()
  const { data, error, isPending, refetch } = useQuery(articleTextQuery(article.id, version))
  return (
    <Modal
      opened
      onClose={close}
      size="xl"
      title={t('help.textOf', { version })}
      closeButtonProps={{ 'aria-label': t('states.close') }}
    >
      {isPending && <Skeleton height={240} />}
      {error && !data && <Failed error={error} retry={() => void refetch()} />}
      {data && (
        <div className={styles.columns}>
          {(['ru', 'en'] as const)
            .filter((language) => data[language])
            .map((language) => (
              <LanguageColumn
                key={language}
                language={language}
                words={data[language]}
                preview
                removable={false}
                onChange={() => undefined}
              />
            ))}
        </div>
      )}
    </Modal>
  )
}
