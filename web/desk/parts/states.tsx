import { Anchor, Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { isProblem } from '../../shared/api/index.ts'
import { problemText } from '../../shared/problems/index.ts'
import { useWords } from '../app/words.ts'
import styles from './states.module.css'

/** An empty place: what it is, and what to do. */
export function Empty({
  title,
  hint,
  icon,
  action,
}: {
  title: string
  hint?: string
  icon?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className={styles.state}>
      {icon}
      <p className={styles.title}>{title}</p>
      {hint && <p className={styles.hint}>{hint}</p>}
      {action}
    </div>
  )
}

/** A place that could not be filled: what happened, and the way to try again; away from what is not there. */
export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t, locale } = useWords()
  if (isProblem(error, 'not_found'))
    return <Empty title={t('states.gone')} hint={problemText(error, locale)} action={<ToStart />} />
  return (
    <div className={styles.state} role="alert">
      <p className={styles.title}>{t('states.failed')}</p>
      <p className={styles.hint}>{problemText(error, locale)}</p>
      {retry && (
        <Button variant="default" leftSection={<IconRefresh size={14} />} onClick={retry}>
          {t('states.retry')}
        </Button>
      )}
    </div>
  )
}

/** The way to where one's work begins. */
export function ToStart() {
  const { t } = useWords()
  return (
    <Anchor component={Link} to="/">
      {t('states.toStart')}
    </Anchor>
  )
}
