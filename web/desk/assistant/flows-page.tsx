import { Button, Group, Skeleton, Switch } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type AssistantDoor, assistant } from '../../../contracts/assistant.ts'
import { channels } from '../../../contracts/channels.ts'
import { formatMoment } from '../../shared/format/index.ts'
import { call } from '../data/api.ts'
import { sayProblem } from '../parts/say.ts'
import { Empty, Failed } from '../parts/states.tsx'
import styles from './assistant.module.css'
import { flowsQuery } from './data.ts'
import { FlowBadges } from './flow/flow-bar.tsx'
import { NewFlowDialog } from './flow/new-flow-dialog.tsx'
import { useAssistantWords } from './words.ts'

const ROWS = [1, 2, 3, 4, 5, 6]

/** All flows, and the doors at which they are spoken. */
export function FlowsPage() {
  const { t } = useAssistantWords()
  const [adding, setAdding] = useState(false)
  return (
    <>
      <div className={styles.head}>
        <h1>{t('room.flows')}</h1>
        <Group gap={6}>
          <Button variant="default" leftSection={<IconPlus size={15} />} onClick={() => setAdding(true)}>
            {t('flows.add')}
          </Button>
        </Group>
      </div>
      <Flows />
      <Doors />
      {adding && <NewFlowDialog close={() => setAdding(false)} />}
    </>
  )
}

function Flows() {
  const { t, locale } = useAssistantWords()
  const query = useQuery(flowsQuery)
  if (query.isPending)
    return (
      <div className={styles.list} aria-hidden>
        {ROWS.map((row) => (
          <Skeleton key={row} height={44} mb={6} />
        ))}
      </div>
    )
  if (!query.data) return <Failed error={query.error} retry={() => void query.refetch()} />
  if (query.data.length === 0) return <Empty title={t('flows.none')} hint={t('flows.noneHint')} />
  const rows = [...query.data].sort((a, b) => a.title[locale].localeCompare(b.title[locale], locale))
  return (
    <ul className={styles.list}>
      {rows.map((row) => (
        <li key={row.key}>
          <Link to="/assistant/flows/$flowKey" params={{ flowKey: row.key }} className={styles.row}>
            <span className={styles.rowTitle}>{row.title[locale] || row.key}</span>
            <FlowBadges row={row} />
            <span className={styles.dim}>
              {row.key} · {formatMoment(row.changedAt, locale)}, {row.changedBy}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

const doorsKey = ['assistant-doors'] as const

/** At which doors the assistant answers. */
function Doors() {
  const { t } = useAssistantWords()
  const client = useQueryClient()
  const query = useQuery({
    queryKey: doorsKey,
    queryFn: async ({ signal }) => {
      const [doors, accounts] = await Promise.all([
        call(assistant.listAssistantDoors, { signal }),
        call(channels.listChannelAccounts, { signal }),
      ])
      return accounts.flatMap((account) => {
        const door = doors.find(({ channelAccountId }) => channelAccountId === account.id)
        return door ? [{ account, on: door.on }] : []
      })
    },
  })
  const turn = useMutation({
    mutationFn: ({ id, on }: { id: string; on: boolean }): Promise<AssistantDoor> =>
      call(assistant.setAssistantDoor, { params: { id }, body: { on } }),
    onSettled: () => client.invalidateQueries({ queryKey: doorsKey }),
    onError: sayProblem,
  })
  if (!query.data) return null
  return (
    <section className={styles.doors} aria-label={t('doors.title')}>
      <h2>{t('doors.title')}</h2>
      <p className={styles.dim}>{t('doors.hint')}</p>
      {query.data.length === 0 && <p className={styles.dim}>{t('doors.none')}</p>}
      {query.data.map(({ account, on }) => (
        <div key={account.id} className={styles.door}>
          <span>
            {account.name} <span className={styles.dim}>{t(`channel.${account.kind}`)}</span>
          </span>
          <Switch
            aria-label={account.name}
            checked={on}
            disabled={turn.isPending || (account.policy !== 'full' && !on)}
            onChange={(event) => turn.mutate({ id: account.id, on: event.currentTarget.checked })}
          />
        </div>
      ))}
    </section>
  )
}
