import { IconAlertCircle, IconCheck, IconChecks, IconClock, IconHelpCircle, IconX } from '@tabler/icons-react'
import type { Delivery, DeliveryState } from '../../../contracts/entries.ts'
import { retryMessage, settleMessage } from '../actions/act.ts'
import { useWords } from '../app/words.ts'
import { useReason } from '../parts/use-reason.ts'
import styles from './timeline.module.css'

/** States in which a message has left: only then did it overtake one that is unconfirmed. */
const LEFT: readonly DeliveryState[] = ['sent', 'delivered', 'read', 'unknown']

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
  const say = useReason()
  const reason = trouble && delivery.reason && say(delivery.reason)
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
