import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { ArticleText, Audience } from '../../../contracts/articles.ts'
import { TopicField } from '../actions/topic-field.tsx'
import { useWords } from '../app/words.ts'
import styles from './knowledge.module.css'
import { LanguageColumn } from './language-column.tsx'

interface Props {
  readonly text: ArticleText
  readonly change: (part: Partial<ArticleText>) => void
}

/** What an article is about, for whom, and its words in both languages side by side. */
export function TextEditor({ text, change }: Props) {
  const { t } = useWords()
  const [preview, setPreview] = useState(false)
  return (
    <>
      <div className={styles.about}>
        <TopicField value={text.topicId} onChange={(topicId) => change({ topicId })} />
        <div>
          <span className={styles.label} id="article-audience">
            {t('help.audience')}
          </span>
          <SegmentedControl
            aria-labelledby="article-audience"
            size="xs"
            value={text.audience}
            onChange={(audience) => change({ audience: audience as Audience })}
            data={[
              { value: 'public', label: t('help.forAll') },
              { value: 'agents', label: t('help.forAgents') },
            ]}
          />
        </div>
        <SegmentedControl
          className={styles.toEnd ?? ''}
          size="xs"
          aria-label={t('help.view')}
          value={preview ? 'preview' : 'text'}
          onChange={(view) => setPreview(view === 'preview')}
          data={[
            { value: 'text', label: t('help.asText') },
            { value: 'preview', label: t('help.asPreview') },
          ]}
        />
      </div>
      <div className={styles.columns}>
        {(['ru', 'en'] as const).map((language) => (
          <LanguageColumn
            key={language}
            language={language}
            words={text[language]}
            preview={preview}
            removable={text[language === 'ru' ? 'en' : 'ru'] !== null}
            onChange={(words) => change({ [language]: words })}
          />
        ))}
      </div>
    </>
  )
}

/** Every language that is there has a title and a body. */
export const isWhole = ({ ru, en }: ArticleText): boolean =>
  [ru, en].every((words) => !words || (words.title.trim() !== '' && words.body.trim() !== '')) &&
  (ru !== null || en !== null)
