import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { z } from 'zod'
import type { SearchHit } from '../../../contracts/search.ts'
import type { subscribers } from '../../../contracts/subscribers.ts'
import { formatMoment, formatPhone } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { ChannelMark } from '../parts/channel-mark.tsx'
import styles from './search.module.css'

type Person = z.infer<(typeof subscribers)['findPersons']['response']>[number]
type Hit = z.infer<typeof SearchHit>

function Place({ conversationId, children }: { conversationId: string | null; children: React.ReactNode }) {
  if (!conversationId) return <div className={styles.hit}>{children}</div>
  return (
    <Link
      to="/inbox/$conversationId"
      params={{ conversationId }}
      search={{ view: 'all', state: 'open' }}
      className={styles.hit}
    >
      {children}
    </Link>
  )
}

/** People found by an exact identifier. */
export function PersonHits({ persons }: { persons: readonly Person[] }) {
  const { t } = useWords()
  return (
    <section aria-label={t('search.people')}>
      <h2 className={styles.head}>{t('search.people')}</h2>
      {persons.map((one) => (
        <Place key={one.contactPointId} conversationId={one.conversationId}>
          <span className={styles.who}>
            <ChannelMark channel={one.channel} bare /> {one.name}
          </span>
          <span className={styles.dim}>{formatPhone(one.address)}</span>
        </Place>
      ))}
    </section>
  )
}

/** Messages with the words marked, newest first. */
export function MessageHits({
  hits,
  more,
  busy,
}: {
  hits: readonly Hit[]
  more: (() => void) | null
  busy: boolean
}) {
  const { t, locale } = useWords()
  return (
    <section aria-label={t('search.messages')}>
      <h2 className={styles.head}>{t('search.messages')}</h2>
      {hits.map((hit) => (
        <Place key={`${hit.laneId}:${hit.seq}`} conversationId={hit.conversationId}>
          <span className={styles.who}>
            <ChannelMark channel={hit.channel} bare /> {hit.name}
            <span className={styles.dim}>{formatMoment(hit.at, locale)}</span>
          </span>
          <span>
            {hit.excerpt.map((part) => (part.hit ? <mark key={part.text}>{part.text}</mark> : part.text))}
          </span>
        </Place>
      ))}
      {more && (
        <Button variant="subtle" color="gray" loading={busy} onClick={more}>
          {t('states.more')}
        </Button>
      )}
    </section>
  )
}
