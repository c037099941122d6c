import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useAssistantWords } from '../words.ts'
import styles from './examples.module.css'
import { Reasons } from './reasons.tsx'

/** How a phrase would be understood now, and why so. */
export function TryPhrase({ intentTitle }: { intentTitle: (key: string) => string }) {
  const { t } = useAssistantWords()
  const [text, setText] = useState('')
  const [asked, setAsked] = useState<string | null>(null)
  return (
    <section className={styles.box} aria-label={t('examples.try')}>
      <h2 className={styles.heading}>{t('examples.try')}</h2>
      <form
        className={styles.add}
        onSubmit={(event) => {
          event.preventDefault()
          if (text.trim() !== '') setAsked(text.trim())
        }}
      >
        <TextInput
          aria-label={t('examples.phrase')}
          placeholder={t('examples.phrase')}
          value={text}
          maxLength={500}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" variant="default">
          {t('examples.check')}
        </Button>
      </form>
      {asked !== null && <Reasons text={asked} intentTitle={intentTitle} />}
    </section>
  )
}
