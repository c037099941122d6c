import { ActionIcon, TextInput, Tooltip } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { type SubscriberCard, subscribers } from '../../../contracts/subscribers.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { queryClient } from '../data/query-client.ts'
import { refreshInbox } from '../inbox/refresh-inbox.ts'
import { usePersonName } from '../parts/person-name.ts'
import { sayProblem } from '../parts/say.ts'
import styles from './card.module.css'

/** The name, changed in place: Enter keeps, Escape gives up. */
export function NameField({ card }: { card: SubscriberCard }) {
  const { t } = useWords()
  const [draft, setDraft] = useState<string | null>(null)
  const { id } = card
  const nameOf = usePersonName()

  async function keep(name: string): Promise<void> {
    setDraft(null)
    if (!id || name.trim() === '' || name.trim() === card.name) return
    await call(subscribers.changeSubscriber, { params: { id }, body: { name: name.trim() } }).catch(
      sayProblem,
    )
    for (const key of ['card', 'conversation']) void queryClient.invalidateQueries({ queryKey: [key] })
    refreshInbox()
  }

  if (draft !== null) {
    return (
      <TextInput
        aria-label={t('card.personName')}
        autoFocus
        value={draft}
        maxLength={200}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onBlur={() => void keep(draft)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void keep(draft)
          if (event.key === 'Escape') setDraft(null)
        }}
      />
    )
  }
  return (
    <div className={styles.name}>
      <h3>{nameOf({ name: card.name, known: id !== null })}</h3>
      {id && (
        <Tooltip label={t('card.rename')}>
          <ActionIcon size={26} aria-label={t('card.rename')} onClick={() => setDraft(card.name)}>
            <IconPencil size={15} />
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  )
}
