import { ActionIcon, Button, SegmentedControl } from '@mantine/core'
import { IconArrowLeft, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { Article } from '../../../contracts/articles.ts'
import type { Locale } from '../../../contracts/primitives.ts'
import { articlePath } from '../../shared/markdown/index.ts'
import { useWords } from '../app/words.ts'
import { insertIntoComposer } from '../composer/insert.ts'
import { answerTextOf } from './answer-text.ts'
import { ArticleView } from './article-view.tsx'
import { Finder } from './finder.tsx'
import styles from './knowledge.module.css'
import { showHelp } from './open-help.ts'

/** Where the panel covers the answer, it goes when it has given its words. */
const COVERS = '(max-width: 1100px)'

/** The knowledge base beside the conversation: find, read, put into the answer. The conversation stays in use. */
export function HelpPanel({ topicId }: { topicId: string | null }) {
  const { t, locale: mine } = useWords()
  const [locale, setLocale] = useState<Locale>(mine)
  const [key, setKey] = useState<string | null>(null)
  const panel = useRef<HTMLElement>(null)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // The languages above it are inputs too.
    panel.current?.querySelector<HTMLInputElement>('input[type="search"]')?.focus()
  }, [])
  return (
    <aside
      ref={panel}
      className={styles.panel}
      aria-label={t('help.name')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        showHelp(false)
      }}
    >
      <header className={styles.panelHead}>
        {key !== null && (
          <ActionIcon aria-label={t('help.back')} onClick={() => setKey(null)}>
            <IconArrowLeft size={17} />
          </ActionIcon>
        )}
        <h2>{t('help.name')}</h2>
        <SegmentedControl
          size="xs"
          aria-label={t('help.inLanguage')}
          value={locale}
          onChange={(value) => setLocale(value as Locale)}
          data={[
            { value: 'ru', label: 'RU' },
            { value: 'en', label: 'EN' },
          ]}
        />
        <ActionIcon aria-label={t('states.close')} onClick={() => showHelp(false)}>
          <IconX size={17} />
        </ActionIcon>
      </header>
      <div className={styles.panelPart} hidden={key !== null}>
        <Finder locale={locale} topicId={topicId} onChoose={setKey} />
      </div>
      {key !== null && (
        <div ref={place} className={styles.panelReading}>
          <ArticleView
            key={key}
            articleKey={key}
            locale={locale}
            titleLevel={2}
            onArticle={setKey}
            actions={(article) => <Insert article={article} place={place} />}
          />
        </div>
      )}
    </aside>
  )
}

function put(text: string, where: 'as-it-is' | 'note'): void {
  if (matchMedia(COVERS).matches) showHelp(false)
  insertIntoComposer(text, where)
}

/** What of the article goes into the answer; what is meant for staff goes into a note alone. */
function Insert({ article, place }: { article: Article; place: { readonly current: HTMLElement | null } }) {
  const { t } = useWords()
  const selected = useSelectionIn(place)
  const inner = article.audience === 'agents'
  const words = selected || answerTextOf(article.body, location.origin)
  return (
    <>
      <div className={styles.actions}>
        {!inner && (
          <Button
            variant="default"
            onClick={() => put(`${article.title}: ${location.origin}${articlePath(article.key)}`, 'as-it-is')}
          >
            {t('help.insertLink')}
          </Button>
        )}
        <Button
          variant="default"
          // The selection must outlive the press.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => put(words, inner ? 'note' : 'as-it-is')}
        >
          {t(inner ? 'help.insertNote' : selected ? 'help.insertSelected' : 'help.insertText')}
        </Button>
      </div>
      <p className={styles.dim}>{t('help.selectHint')}</p>
    </>
  )
}

/** The words that are selected inside a place; '' = none. */
function useSelectionIn(place: { readonly current: HTMLElement | null }): string {
  const [selected, setSelected] = useState('')
  useEffect(() => {
    const look = () => {
      const selection = document.getSelection()
      const inside = selection?.anchorNode && place.current?.contains(selection.anchorNode)
      setSelected(inside ? selection.toString().trim() : '')
    }
    document.addEventListener('selectionchange', look)
    return () => document.removeEventListener('selectionchange', look)
  }, [place])
  return selected
}
