import { IconAlertCircle, IconCheck, IconChecks, IconClock, IconHelpCircle, IconX } from '@tabler/icons-react'
import type { Delivery, DeliveryState } from '../../../contracts/entries.ts'
import { textOfCode } from '../../shared/problems/index.ts'
import { retryMessage, settleMessage } from '../actions/act.ts'
import { useWords } from '../app/words.ts'
import styles from './timeline.module.css'

const REASONS = [
  'timeout',
  'network',
  'undelivered',
  'partly_sent',
  'interrupted',
  'restored',
  'defect',
  'settled-by-person',
  'channel_settings_invalid',
  'channel_token_revoked',
  'smtp_unreachable',
  'smtp_login_refused',
  'smtp_lost_after_data',
] as const

/** States in which a message has left: only then did it overtake one that is unconfirmed. */
const LEFT: readonly DeliveryState[] = ['sent', 'delivered', 'read', 'unknown']

/** Why it did not work out: our own words for what we know, else the channel's. */
function useReason(code: string | null): string | null {
  const { t, locale } = useWords()
  if (code === null) return null
  const known = REASONS.find((one) => one === code)
  return known ? t(`reasons.${known}`) : (textOfCode(code, locale) ?? t('delivery.said', { words: code }))
}

const LOOKS = {
  held: [IconClock, ''],
  cancelled: [IconX, ''],
  queued: [IconClock, ''],
  sending: [IconClock, ''],
  unknown: [IconHelpCircle, styles.warn],
  failed: [IconAlertCircle, styles.bad],
  sent: [IconCheck, ''],
  delivered: [IconChecks, ''],
  read: [IconChecks, styles.good],
} as const satisfies Record<DeliveryState, unknown>

/** Where an outgoing message stands, in an icon and a word; when it did not work out, why and what one can do. */
export function DeliveryMark({ delivery, read }: { delivery: Delivery; read: boolean }) {
  const { t } = useWords()
  const state =
    read && (delivery.state === 'sent' || delivery.state === 'delivered') ? 'read' : delivery.state
  const [Icon, tone] = LOOKS[state]
  const trouble = state === 'failed' || state === 'unknown'
  const reason = useReason(trouble ? delivery.reason : null)
  return (
    <>
      <span className={`${styles.fact} ${tone}`}>
        <Icon size={14} aria-hidden />
        {t(`delivery.${state}`)}
      </span>
      {delivery.afterUnconfirmed && LEFT.includes(state) && (
        <span className={styles.warn}>{t('delivery.afterUnconfirmed')}</span>
      )}
      {reason && <span>{reason}</span>}
      {state === 'unknown' && (
        <>
          <button
            type="button"
            className={styles.act}
            onClick={() => void settleMessage(delivery.messageId, true)}
          >
            {t('delivery.arrived')}
          </button>
          <button
            type="button"
            className={styles.act}
            onClick={() => void settleMessage(delivery.messageId, false)}
          >
            {t('delivery.notArrived')}
          </button>
        </>
      )}
      {trouble && delivery.retryable && (
        <button
          type="button"
          className={styles.act}
          title={state === 'unknown' ? t('delivery.mayDouble') : undefined}
          onClick={() => void retryMessage(delivery.messageId)}
        >
          {t('delivery.retry')}
        </button>
      )}
    </>
  )
}
