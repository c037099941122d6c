import { Button, Skeleton } from '@mantine/core'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { type EditedFlow, type FlowStep, flows } from '../../../../contracts/assistant.ts'
import { formatMoment } from '../../../shared/format/index.ts'
import { call } from '../../data/api.ts'
import { MoreButton } from '../../parts/more-button.tsx'
import { ProblemLine } from '../../parts/problem-line.tsx'
import { say } from '../../parts/say.ts'
import { Failed } from '../../parts/states.tsx'
import { flowHistoryQuery } from '../data.ts'
import { useAssistantWords } from '../words.ts'
import { ChangesView } from './changes-view.tsx'
import styles from './flow.module.css'

interface Props {
  readonly base: EditedFlow
  readonly moved: (saved: EditedFlow) => void
}

/** What was done to the flow and by whom; texts that were in force can be put in force again. */
export function FlowHistory({ base, moved }: Props) {
  const { t } = useAssistantWords()
  const query = useInfiniteQuery(flowHistoryQuery(base.key, base.version))
  const rollBack = useMutation({
    mutationFn: (to: number) =>
      call(flows.rollBackFlow, { params: { key: base.key }, body: { basedOn: base.version, to } }),
    onSuccess: (saved, to) => {
      moved(saved)
      say(t('history.rolledBack', { version: to }))
    },
  })
  if (query.isPending) return <Skeleton height={200} />
  if (!query.data) return <Failed error={query.error} retry={() => void query.refetch()} />
  const steps = query.data.pages.flatMap(({ items }) => items)
  return (
    <div className={styles.history}>
      <ProblemLine error={rollBack.error} />
      <ol>
        {steps.map((one) => (
          <Row
            key={one.version}
            step={one}
            base={base}
            rollBack={() => rollBack.mutate(one.flowVersion)}
            busy={rollBack.isPending}
          />
        ))}
      </ol>
      <MoreButton query={query} variant="default" />
    </div>
  )
}

function Row({
  step,
  base,
  rollBack,
  busy,
}: {
  step: FlowStep
  base: EditedFlow
  rollBack: () => void
  busy: boolean
}) {
  const { t, locale } = useAssistantWords()
  const [open, setOpen] = useState(false)
  const { act, flowVersion, at, by } = step
  const inForce = base.publishedVersion === flowVersion
  const compares = base.publishedVersion !== null && !inForce
  return (
    <li>
      <p>
        <b>{t(`history.${act}`, { version: flowVersion })}</b>
        {act !== 'drafted' && inForce && <span className={styles.badge}>{t('history.inForce')}</span>}
      </p>
      <p className={styles.dim}>
        {formatMoment(at, locale)}, {by}
      </p>
      <div className={styles.rowActs}>
        {compares && (
          <Button variant="subtle" size="compact-xs" onClick={() => setOpen(!open)} aria-expanded={open}>
            {t('history.compare')}
          </Button>
        )}
        {act !== 'drafted' && !inForce && (
          <Button variant="subtle" size="compact-xs" disabled={busy} onClick={rollBack}>
            {t('history.rollBack')}
          </Button>
        )}
      </div>
      {open && base.publishedVersion !== null && (
        <ChangesView flowKey={base.key} version={flowVersion} since={base.publishedVersion} />
      )}
    </li>
  )
}
