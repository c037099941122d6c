import { CloseButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { Conversation } from '../../../contracts/conversations.ts'
import { usePreference } from '../app/preferences.ts'
import { useWords } from '../app/words.ts'
import { cardQuery } from '../data/knowledge.ts'
import { Failed } from '../parts/states.tsx'
import styles from './card.module.css'
import { Card } from './card.tsx'
import { CardSkeleton } from './card-skeleton.tsx'

/** The card beside the talk; on narrower screens it slides over it. */
export function CardPanel({ conversation }: { conversation: Conversation }) {
  const { t } = useWords()
  const { card: asked } = useSearch({ from: '/inbox' })
  const navigate = useNavigate()
  const hidden = usePreference('card') === 'off'
  const contactPointId = conversation.replyLaneId ?? conversation.lanes[0]?.laneId ?? ''
  const {
    data: card,
    error,
    isPending,
    refetch,
  } = useQuery({ ...cardQuery(contactPointId), enabled: contactPointId !== '' })
  return (
    <aside
      className={styles.panel}
      data-asked={asked === true}
      data-hidden={hidden}
      aria-label={t('card.name')}
    >
      <CloseButton
        className={styles.close ?? ''}
        size={40}
        aria-label={t('states.close')}
        onClick={() => void navigate({ to: '.', search: (search) => ({ ...search, card: undefined }) })}
      />
      {isPending && contactPointId !== '' && <CardSkeleton />}
      {error && !card && <Failed error={error} retry={() => void refetch()} />}
      {card && <Card card={card} conversation={conversation} contactPointId={contactPointId} />}
    </aside>
  )
}
