import { useRouterState } from '@tanstack/react-router'
import styles from './shell.module.css'
import { useWords } from './words.ts'

/** A line above the screen while the next one comes: on a slow network a click would else change nothing for seconds. */
export function Going() {
  const { t } = useWords()
  const isGoing = useRouterState({ select: (state) => state.isLoading })
  return isGoing && <div className={styles.going} role="progressbar" aria-label={t('states.loading')} />
}
