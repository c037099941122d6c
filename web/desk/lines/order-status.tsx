import { CloseButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Order } from '../../../contracts/orders.ts'
import { useWords } from '../app/words.ts'
import { orderQuery } from '../data/lines.ts'
import styles from './lines.module.css'
import { UndoOrder } from './undo-order.tsx'
import { useOrderText } from './use-order-text.ts'

/** How the last thing that was asked for here went, or goes; with the way back. */
export function OrderStatus({ placed, dismiss }: { placed: Order; dismiss: () => void }) {
  const { t } = useWords()
  const textOf = useOrderText()
  const order = useQuery(orderQuery(placed)).data
  return (
    <div className={styles.status} data-state={order.state} role="status">
      <span>
        <b>{textOf(order.request)}</b>
        <br />
        {t(`orders.state.${order.state}`)}
      </span>
      {order.state === 'waiting' && <UndoOrder order={order} />}
      <CloseButton size={24} aria-label={t('orderSheet.dismiss')} onClick={dismiss} />
    </div>
  )
}
