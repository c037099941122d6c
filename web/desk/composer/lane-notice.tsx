import { IconAlertTriangle, IconClockExclamation } from '@tabler/icons-react'
import type { PersonLane } from '../../../contracts/conversations.ts'
import { formatDuration, listOf } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { type Forbidden, type Obstacle, obstacleOf } from './check-reply.ts'
import styles from './composer.module.css'

const SOON_MS = 4 * 3_600_000

interface Props {
  readonly lane: PersonLane
  readonly obstacle: Obstacle | null
  /** What has to go before this door carries the answer. */
  readonly forbidden: readonly Forbidden[]
  readonly lanes: readonly PersonLane[]
  readonly choose: (laneId: string) => void
  readonly now: number
}

/** Why one cannot answer through this door, and through which one can; or what to mind. */
export function LaneNotice({ lane, obstacle, forbidden, lanes, choose, now }: Props) {
  const { t, locale } = useWords()
  const why = obstacle
    ? t(`obstacle.${obstacle}Long`)
    : forbidden.length > 0 &&
      t('obstacle.personal', {
        what: listOf(
          forbidden.map((one) => t(`personal.${one}`)),
          locale,
        ),
      })
  if (why) {
    const others = lanes.filter(
      (one) =>
        one.laneId !== lane.laneId &&
        obstacleOf(one, now) === null &&
        (forbidden.length === 0 || one.policy === 'full'),
    )
    return (
      <div className={styles.notice} role="status">
        <IconAlertTriangle size={16} aria-hidden />
        <span>{why}</span>
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
