import type { TopUpState } from '../../../contracts/payments.ts'
import styles from './top-up.module.css'

const SHAPES: Readonly<Record<TopUpState, string>> = {
  created: 'M12 6v6l4 2',
  waiting: 'M12 6v6l4 2',
  succeeded: 'm7 12.5 3.5 3.5L17 9',
  failed: 'm8 8 8 8m0-8-8 8',
  expired: 'm8 8 8 8m0-8-8 8',
  unknown: 'M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .8-1 1.7m0 3v.01',
}

/** How it stands at a glance; the words beside say it too. */
export function StateMark({ state }: { state: TopUpState }) {
  return (
    <svg class={styles.mark} viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="10" />
      <path d={SHAPES[state]} />
    </svg>
  )
}
