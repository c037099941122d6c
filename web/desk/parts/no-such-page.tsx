import { IconMapOff } from '@tabler/icons-react'
import { useWords } from '../app/words.ts'
import styles from './states.module.css'
import { ToStart } from './states.tsx'

/** Where an address leads nowhere: an old link or a slip of the pen. */
export function NoSuchPage() {
  const { t } = useWords()
  return (
    <div className={styles.state}>
      <IconMapOff size={32} stroke={1.2} />
      <p className={styles.title}>{t('states.noSuchPage')}</p>
      <p className={styles.hint}>{t('states.noSuchPageHint')}</p>
      <ToStart />
    </div>
  )
}
