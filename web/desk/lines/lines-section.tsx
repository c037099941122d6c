import { Button, Skeleton } from '@mantine/core'
import { IconShieldQuestion } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { lines } from '../../../contracts/lines.ts'
import type { SubscriberCard } from '../../../contracts/subscribers.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { linesOfPersonQuery } from '../data/lines.ts'
import { ProblemLine } from '../parts/problem-line.tsx'
import { say, sayProblem } from '../parts/say.ts'
import card from '../person/card.module.css'
import { refreshPerson } from '../person/refresh-person.ts'
import { LineBlock } from './line-block.tsx'
import styles from './lines.module.css'

/** From this trust on money may be spoken about: proved by a code or a token. */
const PROVED = 3
/** A company's fleet is not shown at once. */
const AT_FIRST = 10

interface Props {
  readonly card: SubscriberCard
  /** The door that the conversation is at. */
  readonly contactPointId: string
}

/** The lines of the person: what they have, what they owe, what can be done. */
export function LinesSection({ card: person, contactPointId }: Props) {
  const { t } = useWords()
  const { data, error, isPending, refetch } = useQuery(linesOfPersonQuery(contactPointId))
  const [showsAll, showAll] = useState(false)
  const point = person.contactPoints.find(({ id }) => id === contactPointId)
  const [first] = data ?? []
  return (
    <section aria-labelledby="lines-of-person">
      <h4 className={card.head} id="lines-of-person">
        {t('lines.name')}
      </h4>
      {isPending && <Skeleton height={96} aria-hidden />}
      {error && !data && (
        <>
          <ProblemLine error={error} />
          <Button mt={6} variant="default" onClick={() => void refetch()}>
            {t('states.retry')}
          </Button>
        </>
      )}
      {data && data.length > 0 && (point?.trust ?? 0) < PROVED && (
        <p className={styles.unsure}>
          <IconShieldQuestion size={15} aria-hidden /> {t('lines.unsure')}
        </p>
      )}
      {data?.slice(0, showsAll ? undefined : AT_FIRST).map((line) => (
        <LineBlock
          key={line.id}
          line={line}
          contactPointId={contactPointId}
          startsOpen={line.id === first?.id}
        />
      ))}
      {data && !showsAll && data.length > AT_FIRST && (
        <Button variant="subtle" color="gray" onClick={() => showAll(true)}>
          {t('states.more')}
        </Button>
      )}
      {data?.length === 0 && <NoLines person={person} contactPointId={contactPointId} />}
    </section>
  )
}

/** Nobody of the books yet: who writes from a number of ours can be found by it. */
function NoLines({ person, contactPointId }: { person: SubscriberCard; contactPointId: string }) {
  const { t } = useWords()
  const [busy, setBusy] = useState(false)
  const hasNumber = person.contactPoints.some(({ channel }) => channel === 'sms')
  const recognise = async () => {
    setBusy(true)
    try {
      const found = await call(lines.recogniseLines, { params: { id: contactPointId } })
      say(t(found.length > 0 ? 'lines.recognised' : 'lines.notRecognised'))
      if (found.length > 0) refreshPerson()
    } catch (error) {
      sayProblem(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className={styles.none}>
      <p className={styles.quiet}>{t('lines.noneHint')}</p>
      {hasNumber && (
        <Button mt={6} variant="default" loading={busy} onClick={() => void recognise()}>
          {t('lines.recognise')}
        </Button>
      )}
    </div>
  )
}
