import { IconAlertTriangle, IconClockExclamation } from '@tabler/icons-react'
import type { PersonLane } from '../../../contracts/conversations.ts'
import { formatDuration } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { type Obstacle, obstacleOf } from './check-reply.ts'
import styles from './composer.module.css'

const SOON_MS = 4 * 3_600_000

interface Props {
  readonly lane: PersonLane
  readonly obstacle: Obstacle | null
  readonly lanes: readonly PersonLane[]
  readonly choose: (laneId: string) => void
  readonly now: number
}

/** Why one cannot answer through this door, and through which one can; or what to mind. */
export function LaneNotice({ lane, obstacle, lanes, choose, now }: Props) {
  const { t, locale } = useWords()
  if (obstacle) {
    const others = lanes.filter((one) => one.laneId !== lane.laneId && obstacleOf(one, now) === null)
    return (
      <div className={styles.notice} role="status">
        <IconAlertTriangle size={16} aria-hidden />
        <span>{t(`obstacle.${obstacle}Long`)}</span>
        {others.map((one) => (
          <button key={one.laneId} type="button" className={styles.switch} onClick={() => choose(one.laneId)}>
            {t('obstacle.use', { channel: t(`channel.${one.channel}`) })}
          </button>
        ))}
      </div>
    )
  }
  const left = lane.windowClosesAt ? Date.parse(lane.windowClosesAt) - now : null
  if (left !== null && left < SOON_MS)
    return (
      <div className={styles.notice}>
        <IconClockExclamation size={16} aria-hidden />
        {t('composer.windowLeft', { time: formatDuration(left, locale) })}
      </div>
    )
  if (lane.policy === 'no-personal-data')
    return (
      <div className={styles.notice}>
        <IconAlertTriangle size={16} aria-hidden />
        {t('composer.noPersonalData')}
      </div>
    )
  if (lane.trust < 2) return <div className={styles.hint}>{t('composer.lowTrust')}</div>
  return null
}
