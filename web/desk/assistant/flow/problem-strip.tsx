import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import type { FlowProblem } from '../../../../contracts/flows.ts'
import { sayProblem } from '../step/problem-list.tsx'
import { useAssistantWords } from '../words.ts'
import styles from './flow.module.css'

interface Props {
  readonly problems: readonly FlowProblem[]
  readonly open: (id: string) => void
  readonly openFlow: () => void
}

/** All that keeps the flow from being published; each leads to where it is. */
export function ProblemStrip({ problems, open, openFlow }: Props) {
  const { t } = useAssistantWords()
  if (problems.length === 0)
    return (
      <p className={styles.fine} role="status">
        <IconCheck size={15} aria-hidden /> {t('check.fine')}
      </p>
    )
  return (
    <details className={styles.strip}>
      <summary>
        <IconAlertTriangle size={15} aria-hidden />
        <span role="status">{t('check.problems', { count: problems.length })}</span>
      </summary>
      <ul>
        {problems.map((one) => (
          <li key={`${one.node} ${one.problem} ${one.about}`}>
            <button
              type="button"
              className={styles.link}
              onClick={() => (one.node === null ? openFlow() : open(one.node))}
            >
              {one.node ?? t('check.whole')}
            </button>{' '}
            {sayProblem(one, t)}
          </li>
        ))}
      </ul>
    </details>
  )
}
