import type { ComponentChildren } from 'preact'
import { type ApiProblem, isProblem } from '../../shared/api/index.ts'
import { formatMoment } from '../../shared/format/index.ts'
import { problemText } from '../../shared/problems/index.ts'
import { linkTo } from '../app/route.ts'
import { useWords } from '../app/words.ts'
import type { Reading } from '../data/reading.ts'
import { Button } from './button.tsx'
import { OfflineIcon, WarnIcon } from './icons.tsx'
import styles from './parts.module.css'

/** A screen's own shape while it loads. */
export function Skeleton({ rows = 3 }: { rows?: number }) {
  const { w } = useWords()
  return (
    <div class={styles.skeleton} role="status" aria-label={w.app.loading}>
      {Array.from({ length: rows }, (_, n) => `bone ${n}`).map((key) => (
        <div key={key} class={styles.bone} />
      ))}
    </div>
  )
}

/** What happened, and what to do. */
export function Trouble({ problem, again }: { problem: ApiProblem; again: () => void }) {
  const { w, locale } = useWords()
  if (isProblem(problem, 'not_found', 'invalid_request', 'erased')) return <Gone />
  const offline = isProblem(problem, 'network', 'timeout')
  return (
    <div class={styles.trouble} role="alert">
      {offline ? <OfflineIcon /> : <WarnIcon />}
      <h2>{w.problem.title}</h2>
      <p>{offline ? w.problem.offline : problemText(problem, locale)}</p>
      <Button look="soft" onClick={again}>
        {w.app.retry}
      </Button>
    </div>
  )
}

/** Where an address leads nowhere, asking again leads nowhere either. */
function Gone() {
  const { w } = useWords()
  return (
    <div class={styles.trouble} role="alert">
      <WarnIcon />
      <h2>{w.problem.gone}</h2>
      <p>{w.problem.goneWhy}</p>
      <a {...linkTo('home')}>{w.problem.toHome}</a>
    </div>
  )
}

interface ShownProps<T> {
  readonly reading: Reading<T>
  readonly rows?: number
  readonly children: (value: T) => ComponentChildren
}

/** What came and was older than this already is told with its age: kept by the phone, or by us while a billing system is away. */
const OLD_MS = 120_000

/** The value with its age when it is old or could not be renewed; the skeleton before there is one; the trouble when there will be none. */
export function Shown<T>({ reading, rows, children }: ShownProps<T>) {
  const { value, problem, readAt, again } = reading
  if (value === undefined) {
    return problem ? <Trouble problem={problem} again={again} /> : <Skeleton {...(rows && { rows })} />
  }
  const asOf = asOfIn(value)
  const isOld = asOf !== undefined && readAt - Date.parse(asOf) > OLD_MS
  return (
    <>
      {(problem || isOld) && <Age asOf={asOf} isOffline={problem !== undefined} />}
      {children(value)}
    </>
  )
}

function asOfIn(value: unknown): string | undefined {
  const asOf = typeof value === 'object' && value !== null && 'asOf' in value ? value.asOf : undefined
  return typeof asOf === 'string' ? asOf : undefined
}

function Age({ asOf, isOffline }: { readonly asOf: string | undefined; readonly isOffline: boolean }) {
  const { w, locale } = useWords()
  return (
    <p class={styles.age} role="status">
      <OfflineIcon size={18} />
      {isOffline && w.age.offline} {asOf && w.age.asOf(formatMoment(asOf, locale))}
    </p>
  )
}
