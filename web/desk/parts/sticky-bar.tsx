import type { ReactNode } from 'react'
import styles from './sticky-bar.module.css'

interface Props {
  /** Where the page ends lower or higher than most. */
  readonly className?: string | undefined
  readonly children: ReactNode
}

/** What waits to be published, and what can be done with it: in sight at the lower edge, over what is beneath it. */
export function StickyBar({ className = '', children }: Props) {
  return (
    <div className={`${styles.bar} ${className}`} role="status">
      {children}
    </div>
  )
}
