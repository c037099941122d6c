import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import type { ContactPoint } from '../../../contracts/subscribers.ts'
import { formatDay, formatPhone } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { ChannelMark } from '../parts/channel-mark.tsx'
import { TrustMark } from '../parts/trust-mark.tsx'
import { useMe } from '../session/use-me.ts'
import styles from './card.module.css'
import type { PersonDialog } from './person-dialog.ts'
import { useRevealed } from './revealed.ts'

interface Props {
  readonly point: ContactPoint
  readonly former?: boolean
  readonly open: (name: PersonDialog['name'], point: ContactPoint) => void
}

function Address({ point, open }: Props) {
  const { t } = useWords()
  const revealed = useRevealed(point.id)
  if (revealed) return <span className={`${styles.address} ${styles.revealed}`}>{formatPhone(revealed)}</span>
  if (!point.masked) return <span className={styles.address}>{formatPhone(point.address)}</span>
  return (
    <button
      type="button"
      className={`${styles.plain} ${styles.address}`}
      title={t('card.reveal')}
      onClick={() => open('reveal', point)}
    >
      {formatPhone(point.address)}
    </button>
  )
}

/** One door of the person: where, how sure, since when, and what can be done about it. */
export function ContactPointRow({ point, former = false, open }: Props) {
  const { t, locale } = useWords()
  const { may } = useMe()
  const proof = point.proofs.at(-1)
  return (
    <li className={styles.point} data-former={former}>
      <ChannelMark channel={point.channel} bare />
      <div>
        <Address point={point} open={open} />
        <div className={styles.small}>
          {point.channelName}
          {point.displayName && ` · ${point.displayName}`}
        </div>
        <div className={styles.small}>
          {proof
            ? t('card.proved', { how: t(`proof.${proof.kind}`), day: formatDay(proof.provedAt, locale) })
            : t(point.trust === 1 ? 'trust.claimed' : 'trust.unknown')}
        </div>
        {!point.reachable && (
          <div className={`${styles.small} ${styles.warn}`}>{t('obstacle.unreachable')}</div>
        )}
      </div>
      <span style={{ display: 'flex', alignItems: 'center' }}>
        <TrustMark trust={point.trust} />
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon
              size={26}
              aria-label={t('card.pointMenu', { channel: t(`channel.${point.channel}`) })}
            >
              <IconDots size={15} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {point.masked && <Menu.Item onClick={() => open('reveal', point)}>{t('card.reveal')}</Menu.Item>}
            {!former && <Menu.Item onClick={() => open('prove', point)}>{t('card.prove')}</Menu.Item>}
            {!former && <Menu.Item onClick={() => open('startLink', point)}>{t('card.startLink')}</Menu.Item>}
            <Menu.Item onClick={() => open('link', point)}>{t('card.link')}</Menu.Item>
            {point.link && !former && (
              <Menu.Item onClick={() => open('unlink', point)}>{t('card.unlink')}</Menu.Item>
            )}
            {may('admin') && (
              <>
                <Menu.Divider />
                <Menu.Item component="a" href={`/api/v1/contact-points/${point.id}/export`} download>
                  {t('card.export')}
                </Menu.Item>
                <Menu.Item color="red" onClick={() => open('erase', point)}>
                  {t('card.erase')}
                </Menu.Item>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      </span>
    </li>
  )
}
