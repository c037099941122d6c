import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { subscribers } from '../../../contracts/subscribers.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { queryClient } from '../data/query-client.ts'
import { sayProblem } from '../parts/say.ts'
import styles from './card.module.css'

/** What colleagues should know of this person; kept when the cursor leaves. */
export function NoteField({ subscriberId, note }: { subscriberId: string; note: string | null }) {
  const { t } = useWords()
  const [draft, setDraft] = useState<string | null>(null)

  async function keep(text: string): Promise<void> {
    setDraft(null)
    const next = text.trim() || null
    if (next === note) return
    await call(subscribers.changeSubscriber, { params: { id: subscriberId }, body: { note: next } }).catch(
      sayProblem,
    )
    void queryClient.invalidateQueries({ queryKey: ['card'] })
  }

  if (draft === null) {
    return (
      <button type="button" className={styles.note} data-empty={!note} onClick={() => setDraft(note ?? '')}>
        {note ?? t('card.addNote')}
      </button>
    )
  }
  return (
    <Textarea
      mt={10}
      aria-label={t('card.note')}
      autoFocus
      autosize
      minRows={2}
      maxLength={2000}
      value={draft}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => void keep(draft)}
      onKeyDown={(event) => event.key === 'Escape' && setDraft(null)}
    />
  )
}
