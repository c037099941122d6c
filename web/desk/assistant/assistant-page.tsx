import { Link, Outlet } from '@tanstack/react-router'
import styles from './assistant.module.css'
import { useAssistantWords } from './words.ts'

const ROOMS = [
  { to: '/assistant/flows', name: 'flows' },
  { to: '/assistant/examples', name: 'examples' },
  { to: '/assistant/unanswered', name: 'unanswered' },
] as const

/** Where the assistant is taught: its flows, what it understands, what it did not. */
export function AssistantPage() {
  const { t } = useAssistantWords()
  return (
    <div className={styles.page}>
      <nav className={styles.tabs} aria-label={t('room.name')}>
        {ROOMS.map(({ to, name }) => (
          <Link key={to} to={to} className={styles.tab}>
            {t(`room.${name}`)}
          </Link>
        ))}
      </nav>
      <main className={styles.place}>
        <Outlet />
      </main>
    </div>
  )
}
