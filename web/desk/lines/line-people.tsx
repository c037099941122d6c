import { Button } from '@mantine/core'
import type { LineSettings } from '../../../contracts/lines.ts'
import { formatMoment, formatPhone, formatSince } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import type { Ask } from './ask.ts'
import styles from './lines.module.css'
import { useUndo } from './undo-order.tsx'

interface Props extends Pick<LineSettings, 'people' | 'offered'> {
  readonly lineId: string
  readonly ask: (what: Ask) => void
}

/** Who has to do with the line and who was asked to; whoever was let in by its owner can be put out, whoever was asked be asked no more. */
export function LinePeople({ lineId, people, offered = [], ask }: Props) {
  const { t, locale } = useWords()
  return (
    <ul className={styles.services}>
      {people.map(({ id, name, role, since }) => (
        <li key={id}>
          <span className={styles.service}>
            <span>
              {name} — {t(`lines.role.${role}`)}
            </span>
            <span className={styles.quiet}>
              {role === 'trusted' && `${t('lines.sees')} · `}
              {formatSince(since, locale)}
            </span>
          </span>
          {role === 'trusted' && (
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              aria-label={t('lines.endAccessOf', { name })}
              onClick={() => ask({ kind: 'ready', name, request: { kind: 'end-access', partyId: id } })}
            >
              {t('lines.endAccess')}
            </Button>
          )}
        </li>
      ))}
      {offered.map((one) => (
        <Invitation key={one.orderId} lineId={lineId} {...one} />
      ))}
    </ul>
  )
}

interface InvitationProps {
  readonly lineId: string
  readonly orderId: string
  readonly msisdn: string
  readonly until: string
}

function Invitation({ lineId, orderId, msisdn, until }: InvitationProps) {
  const { t, locale } = useWords()
  const number = formatPhone(msisdn)
  const { busy, undo } = useUndo({ id: orderId, lineId }, t('lines.withdrawn'))
  return (
    <li>
      <span className={styles.service}>
        <span>{number}</span>
        <span className={styles.quiet}>{t('lines.invited', { at: formatMoment(until, locale) })}</span>
      </span>
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        loading={busy}
        aria-label={t('lines.withdrawOf', { number })}
        onClick={undo}
      >
        {t('lines.withdraw')}
      </Button>
    </li>
  )
}
