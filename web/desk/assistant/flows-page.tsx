import { Button, Group, Skeleton } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { formatMoment } from '../../shared/format/index.ts'
import { Empty, Failed } from '../parts/states.tsx'
import styles from './assistant.module.css'
import { flowsQuery } from './data.ts'
import { Doors } from './doors.tsx'
import { FlowBadges } from './flow/flow-bar.tsx'
import { NewFlowDialog } from './flow/new-flow-dialog.tsx'
import { LanguageModelState } from './language-model-state.tsx'
import { useAssistantWords } from './words.ts'

const ROWS = [1, 2, 3, 4, 5, 6]

/** All flows, and the doors at which they are spoken. */
export function FlowsPage() {
  const { t } = useAssistantWords()
  const [adding, setAdding] = useState(false)
  const taken = new Set(useQuery(flowsQuery).data?.map(({ key }) => key))
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
      <LanguageModelState />
      {adding && <NewFlowDialog taken={taken} close={() => setAdding(false)} />}
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
