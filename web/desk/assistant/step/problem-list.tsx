import { IconAlertTriangle } from '@tabler/icons-react'
import type { FlowProblem } from '../../../../contracts/flows.ts'
import { type T, useAssistantWords } from '../words.ts'
import styles from './step.module.css'

/** What is wrong, in words. */
export const sayProblem = ({ problem, about }: FlowProblem, t: T): string =>
  t(`problem.${problem}`, { about: about ?? '' })

/** What keeps a step, or the flow as a whole, from being published. */
export function ProblemList({ problems }: { problems: readonly FlowProblem[] }) {
  const { t } = useAssistantWords()
  if (problems.length === 0) return null
  return (
    <ul className={styles.problems} aria-label={t('step.problems')}>
      {problems.map((problem) => (
        <li key={`${problem.problem} ${problem.about}`}>
          <IconAlertTriangle size={15} aria-hidden />
          {sayProblem(problem, t)}
        </li>
      ))}
    </ul>
  )
}
