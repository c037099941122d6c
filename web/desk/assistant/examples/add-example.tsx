import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useAssistantWords } from '../words.ts'
import styles from './examples.module.css'

/** Words that people use for it. */
export function AddExample({ teach, busy }: { teach: (text: string) => Promise<unknown>; busy: boolean }) {
  const { t } = useAssistantWords()
  const [text, setText] = useState('')
  const isExample = /[\p{L}\p{N}]/u.test(text)
  return (
    <form
      className={styles.add}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isExample || busy) return
        // What was not taken stays to be put right; what is typed meanwhile stays too.
        void teach(text.trim()).then(
          () => setText((now) => (now === text ? '' : now)),
          () => undefined,
        )
      }}
    >
      <TextInput
        aria-label={t('examples.new')}
        placeholder={t('examples.new')}
        value={text}
        maxLength={500}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" disabled={!isExample} loading={busy}>
        {t('examples.add')}
      </Button>
    </form>
  )
}
