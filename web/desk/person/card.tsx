import { useState } from 'react'
import type { Conversation } from '../../../contracts/conversations.ts'
import type { ContactPoint, SubscriberCard } from '../../../contracts/subscribers.ts'
import { formatDay } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { LinesSection } from '../lines/lines-section.tsx'
import styles from './card.module.css'
import { ContactPointRow } from './contact-point-row.tsx'
import { NameField } from './name-field.tsx'
import { NoteField } from './note-field.tsx'
import type { PersonDialog } from './person-dialog.ts'
import { PersonDialogs } from './person-dialogs.tsx'
import { Siblings } from './siblings.tsx'
import { Suggestions } from './suggestions.tsx'

interface Props {
  readonly card: SubscriberCard
  readonly conversation: Conversation
  /** The door by which the person is looked at. */
  readonly contactPointId: string
}

/** Who this is: name, lines, doors with their proofs, likenesses, other matters. */
export function Card({ card, conversation, contactPointId }: Props) {
  const { t, locale } = useWords()
  const [dialog, setDialog] = useState<PersonDialog | null>(null)
  const open = (name: PersonDialog['name'], point: ContactPoint) => setDialog({ name, point })
  return (
    <>
      <NameField card={card} />
      <p className={styles.since}>
        {card.id ? t('card.since', { day: formatDay(card.since, locale) }) : t('card.unknown')}
      </p>
      {card.id && <NoteField subscriberId={card.id} note={card.note} />}
      <LinesSection key={contactPointId} card={card} contactPointId={contactPointId} />
      <h4 className={styles.head}>{t('card.points')}</h4>
      <ul className={styles.list}>
        {card.contactPoints.map((point) => (
          <ContactPointRow key={point.id} point={point} open={open} />
        ))}
      </ul>
      {card.suggestions.length > 0 && <Suggestions card={card} />}
      {card.formerContactPoints.length > 0 && (
        <>
          <h4 className={styles.head}>{t('card.former')}</h4>
          <ul className={styles.list}>
            {card.formerContactPoints.map((point) => (
              <ContactPointRow key={point.id} point={point} former open={open} />
            ))}
          </ul>
        </>
      )}
      <Siblings conversationId={conversation.id} />
      {dialog && <PersonDialogs dialog={dialog} close={() => setDialog(null)} />}
    </>
  )
}
