import type { ReactNode } from 'react'
import styles from './door.module.css'

/** The quiet frame of sign-in, lock and enrolment. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className={styles.door}>
      <div className={styles.panel}>
        <img src="/desk/icon.svg" width={36} height={36} alt="" />
        <h1 className={styles.title}>{title}</h1>
        {children}
      </div>
    </main>
  )
}
