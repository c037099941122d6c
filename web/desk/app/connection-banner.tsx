import { IconCloudOff, IconDatabaseOff } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { formatTime } from '../../shared/format/index.ts'
import { useServiceAway } from '../data/service.ts'
import { useConnection } from '../live/presence.ts'
import styles from './shell.module.css'
import { useWords } from './words.ts'

const PATIENCE_MS = 1500

/** Says honestly that what is shown is old, and since when; silent about blinks of the network. */
export function ConnectionBanner() {
  const { t, locale } = useWords()
  const connection = useConnection()
  const away = useServiceAway()
  const [offline, setOffline] = useState(false)
  const lost = connection?.online === false
  useEffect(() => {
    const timer = setTimeout(() => setOffline(lost), lost ? PATIENCE_MS : 0)
    return () => clearTimeout(timer)
  }, [lost])
  const icon = { size: 16, 'aria-hidden': true } as const
  return (
    <div role="status" aria-live="polite">
      {offline && (
        <div className={styles.banner}>
          <IconCloudOff {...icon} />
          {connection?.heardAt
            ? t('banner.offline', { at: formatTime(connection.heardAt, locale) })
            : t('banner.connecting')}
        </div>
      )}
      {away && !offline && (
        <div className={styles.banner} data-tone="red">
          <IconDatabaseOff {...icon} />
          {t('banner.away')}
        </div>
      )}
    </div>
  )
}
