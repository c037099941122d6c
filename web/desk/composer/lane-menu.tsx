import { Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import type { PersonLane } from '../../../contracts/conversations.ts'
import { formatPhone } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { ChannelMark } from '../parts/channel-mark.tsx'
import { TrustMark } from '../parts/trust-mark.tsx'
import { obstacleOf } from './check-reply.ts'
import styles from './composer.module.css'

/** The doors of the person: channel, address, how sure we are, and why one may be shut. */
export function LaneMenu({
  lanes,
  lane,
  choose,
}: {
  lanes: readonly PersonLane[]
  lane: PersonLane | undefined
  choose: (laneId: string) => void
}) {
  const { t } = useWords()
  const now = Date.now()
  return (
    <Menu position="top-start" width={340}>
      <Menu.Target>
        <button type="button" className={styles.lane} title={t('composer.through')}>
          {lane ? (
            <>
              <ChannelMark channel={lane.channel} bare />
              <span className={styles.laneText}>
                {t(`channel.${lane.channel}`)} <span className={styles.dim}>{formatPhone(lane.address)}</span>
              </span>
            </>
          ) : (
            t('composer.noLane')
          )}
          <IconChevronDown size={13} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('composer.through')}</Menu.Label>
        {lanes.map((one) => {
          const obstacle = obstacleOf(one, now)
          return (
            <Menu.Item
              key={one.laneId}
              leftSection={<ChannelMark channel={one.channel} bare />}
              onClick={() => choose(one.laneId)}
              aria-current={one.laneId === lane?.laneId}
              rightSection={<TrustMark trust={one.trust} />}
            >
              {one.channelName} <span className={styles.dim}>{formatPhone(one.address)}</span>
              {obstacle && (
                <>
                  <br />
                  <span className={styles.dim}>{t(`obstacle.${obstacle}`)}</span>
                </>
              )}
            </Menu.Item>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}
