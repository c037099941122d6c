import { Button, TextInput } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { ArticleKey, type ArticleText, articles } from '../../../contracts/articles.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { editedArticleQuery } from '../data/articles.ts'
import { queryClient } from '../data/query-client.ts'
import { ProblemLine } from '../parts/problem-line.tsx'
import styles from './knowledge.module.css'
import { isWhole, TextEditor } from './text-editor.tsx'

const isKey = (key: string) => ArticleKey.safeParse(key).success
const BLANK: ArticleText = {
  topicId: null,
  audience: 'public',
  ru: { title: '', keywords: [], body: '' },
  en: null,
}

/** A new article: kept as a draft until it is published. */
export function NewArticlePage() {
  const { t } = useWords()
  const navigate = useNavigate()
  const [key, setKey] = useState('')
  const [text, setText] = useState(BLANK)
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const create = async () => {
    setBusy(true)
    setProblem(null)
    try {
      const made = await call(articles.createArticle, { body: { key, text } })
      queryClient.setQueryData(editedArticleQuery(made.id).queryKey, made)
      void queryClient.invalidateQueries({ queryKey: ['articles'] })
      void navigate({ to: '/knowledge/edit/$articleId', params: { articleId: made.id } })
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }
  return (
    <div className={styles.editor}>
      <Link to="/knowledge/edit" className={styles.back}>
        <IconArrowLeft size={16} aria-hidden /> {t('help.back')}
      </Link>
      <header className={styles.editorHead}>
        <h1>{t('help.add')}</h1>
        <Button disabled={!isWhole(text) || !isKey(key)} loading={busy} onClick={() => void create()}>
          {t('help.saveDraft')}
        </Button>
      </header>
      <ProblemLine error={problem} />
      <TextInput
        className={styles.key ?? ''}
        label={t('help.key')}
        description={t('help.keyHint')}
        error={key !== '' && !isKey(key) && t('help.keyWrong')}
        placeholder="lost-sim"
        maxLength={60}
        value={key}
        onChange={(event) => setKey(event.currentTarget.value)}
      />
      <TextEditor text={text} change={(part) => setText((before) => ({ ...before, ...part }))} />
    </div>
  )
}
