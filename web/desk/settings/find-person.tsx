import { Button, TextInput } from '@mantine/core'
import { IconDownload, IconSearch, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import { privacy } from '../../../contracts/privacy.ts'
import { subscribers } from '../../../contracts/subscribers.ts'
import { urlOf } from '../../shared/api/index.ts'
import { formatPhone } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { queryClient } from '../data/query-client.ts'
import { ChannelMark } from '../parts/channel-mark.tsx'
import { ProblemLine } from '../parts/problem-line.tsx'
import { EraseDialog } from '../person/erase-dialog.tsx'
import styles from './settings.module.css'

type Found = z.infer<(typeof subscribers)['findPersons']['response']>[number]

/** Contact points of one person stand together: what is done to one is done to all. */
function byPerson(found: readonly Found[]): readonly (readonly [Found, ...Found[]])[] {
  const persons = new Map<string, [Found, ...Found[]]>()
  for (const point of found) {
    const key = point.subscriberId ?? point.contactPointId
    const others = persons.get(key)
    if (others) others.push(point)
    else persons.set(key, [point])
  }
  return [...persons.values()]
}

/** Finds a person by an exact identifier, to give them their data or to destroy it. Each search is recorded, so none happens unasked. */
export function FindPerson() {
  const { t } = useWords()
  const [text, setText] = useState('')
  const [asked, setAsked] = useState('')
  const [erasing, setErasing] = useState<string | null>(null)
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['find-to-erase', asked],
    queryFn: ({ signal }) => call(subscribers.findPersons, { query: { exact: asked }, signal }),
    enabled: asked !== '',
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
  const find = () => {
    const exact = text.trim().replace(/^[№#]\s*/, '')
    if (exact === asked) void refetch()
    else setAsked(exact)
  }
  const close = () => {
    setErasing(null)
    void refetch()
    void queryClient.invalidateQueries({ queryKey: ['erasures'] })
  }
  return (
    <section aria-label={t('privacy.find')}>
      <p className={styles.hint}>{t('privacy.hint')}</p>
      <form
        className={styles.find}
        onSubmit={(event) => {
          event.preventDefault()
          find()
        }}
      >
        <TextInput
          aria-label={t('privacy.exact')}
          placeholder={t('privacy.exact')}
          autoComplete="off"
          required
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" size="sm" loading={isFetching} leftSection={<IconSearch size={15} />}>
          {t('privacy.find')}
        </Button>
      </form>
      <ProblemLine error={error} />
      {data?.length === 0 && <p className={styles.hint}>{t('privacy.nobody')}</p>}
      {data && data.length > 0 && (
        <ul className={styles.found}>
          {byPerson(data).map((points) => (
            <li key={points[0].contactPointId}>
              <span className={styles.grow}>
                <strong>{points[0].name}</strong>
                {points.map(({ contactPointId, channel, address }) => (
                  <span key={contactPointId} className={styles.door}>
                    <ChannelMark channel={channel} bare /> {formatPhone(address)}
                  </span>
                ))}
              </span>
              <Button
                component="a"
                href={urlOf(privacy.exportPerson, { params: { id: points[0].contactPointId } })}
                download
                variant="default"
                leftSection={<IconDownload size={14} />}
              >
                {t('privacy.export')}
              </Button>
              <Button
                variant="light"
                color="red"
                leftSection={<IconTrash size={14} />}
                onClick={() => setErasing(points[0].contactPointId)}
              >
                {t('privacy.erase')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {erasing && <EraseDialog point={{ id: erasing }} close={close} />}
    </section>
  )
}
