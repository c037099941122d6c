import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { FlowChange } from '../../../../contracts/assistant.ts'
import { Failed } from '../../parts/states.tsx'
import { flowChangesQuery } from '../data.ts'
import { useAssistantWords } from '../words.ts'
import { differences } from './differences.ts'
import styles from './flow.module.css'

/** What is other in a text than in an earlier one, field by field. */
export function ChangesView({
  flowKey,
  version,
  since,
}: {
  flowKey: string
  version: number
  since: number
}) {
  const { t } = useAssistantWords()
  const query = useQuery(flowChangesQuery(flowKey, version, since))
  if (query.isPending) return <Skeleton height={80} />
  if (!query.data) return <Failed error={query.error} retry={() => void query.refetch()} />
  if (query.data.length === 0) return <p className={styles.dim}>{t('changes.none')}</p>
  return (
    <ul className={styles.changes} aria-label={t('changes.title')}>
      {query.data.map((change) => (
        <Change key={`${change.part} ${change.name}`} change={change} />
      ))}
    </ul>
  )
}

function Change({ change }: { change: FlowChange }) {
  const { t } = useAssistantWords()
  const { part, name, before, after } = change
  return (
    <li className={styles.change} data-change={change.change}>
      <p>
        <b>{name ?? t(`changes.part.${part}`)}</b>{' '}
        <span className={styles.dim}>
          {name !== null && `${t(`changes.part.${part}`)}, `}
          {t(`changes.${change.change}`)}
        </span>
      </p>
      <dl>
        {differences(before, after).map((one) => (
          <div key={one.path}>
            {one.path !== '' && <dt>{one.path}</dt>}
            <dd>
              {one.before !== undefined && (
                <del>
                  <span className="visually-hidden">{t('changes.before')} </span>
                  {one.before}
                </del>
              )}
              {one.after !== undefined && (
                <ins>
                  <span className="visually-hidden">{t('changes.after')} </span>
                  {one.after}
                </ins>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </li>
  )
}
