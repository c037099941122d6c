import { Button, TagsInput, Textarea, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconLanguage } from '@tabler/icons-react'
import type { ArticleWords } from '../../../contracts/articles.ts'
import { brokenLinksOf } from '../../../contracts/markup.ts'
import type { Locale } from '../../../contracts/primitives.ts'
import { useWords } from '../app/words.ts'
import { ArticleBody } from './article-body.tsx'
import styles from './knowledge.module.css'

interface Props {
  readonly language: Locale
  readonly words: ArticleWords | null
  readonly preview: boolean
  /** The other language has words: this one may go. */
  readonly removable: boolean
  readonly onChange: (words: ArticleWords | null) => void
}

/** An article in one of its languages: to write, or as readers will see it. */
export function LanguageColumn({ language, words, preview, removable, onChange }: Props) {
  const { t } = useWords()
  return (
    <section className={styles.language} lang={language} aria-label={t(`help.language.${language}`)}>
      <h2>
        {t(`help.language.${language}`)}
        {words && removable && !preview && (
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onChange(null)}>
            {t('help.removeLanguage')}
          </Button>
        )}
      </h2>
      {!words && (
        <div className={styles.missing}>
          <IconLanguage size={24} stroke={1.3} aria-hidden />
          <p>{t(`help.missing.${language}`)}</p>
          <Button variant="default" onClick={() => onChange({ title: '', keywords: [], body: '' })}>
            {t('help.addLanguage')}
          </Button>
        </div>
      )}
      {words && (preview ? <Preview words={words} /> : <Fields words={words} onChange={onChange} />)}
    </section>
  )
}

function Preview({ words }: { words: ArticleWords }) {
  return (
    <div className={styles.preview}>
      <h3>{words.title}</h3>
      <ArticleBody body={words.body} titleLevel={2} onArticle={() => undefined} />
    </div>
  )
}

function Fields({ words, onChange }: { words: ArticleWords; onChange: (words: ArticleWords) => void }) {
  const { t } = useWords()
  const broken = brokenLinksOf(words.body)
  return (
    <>
      <TextInput
        label={t('help.title')}
        maxLength={120}
        value={words.title}
        onChange={(event) => onChange({ ...words, title: event.currentTarget.value })}
      />
      <TagsInput
        label={t('help.keywords')}
        description={t('help.keywordsHint')}
        maxTags={30}
        value={words.keywords}
        onChange={(keywords) => onChange({ ...words, keywords })}
        splitChars={[',', ';']}
      />
      <Textarea
        label={t('help.body')}
        description={t('help.bodyHint')}
        autosize
        minRows={16}
        maxLength={20_000}
        classNames={{ input: styles.source ?? '' }}
        spellCheck
        value={words.body}
        onChange={(event) => onChange({ ...words, body: event.currentTarget.value })}
      />
      {broken.length > 0 && (
        <p className={styles.broken} role="alert">
          <IconAlertTriangle size={15} aria-hidden /> {t('help.broken', { links: broken.join(', ') })}
        </p>
      )}
    </>
  )
}
