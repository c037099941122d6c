import { Button } from '@mantine/core'
import { IconReceiptRefund } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { EntryBody } from '../../../contracts/entries.ts'
import type { Order } from '../../../contracts/orders.ts'
import { useWords } from '../app/words.ts'
import { lineServicesQuery } from '../data/lines.ts'
import { OrderDialog } from '../lines/order-dialog.tsx'
import { OrderStatus } from '../lines/order-status.tsx'
import { useNames } from '../lines/use-names.ts'
import styles from './timeline.module.css'

type About = Extract<NonNullable<Extract<EntryBody, { type: 'message' }>['about']>, { kind: 'refund' }>

/** Asked for from a paid subscription: its money can be given back right here. */
export function RefundAbout({ about: { lineId, connectedId, code } }: { about: About }) {
  const { t } = useWords()
  const nameOf = useNames()
  const [isOpen, setOpen] = useState(false)
  const [placed, setPlaced] = useState<Order | null>(null)
  const services = useQuery({ ...lineServicesQuery(lineId), enabled: isOpen })
  const connected = services.data?.content.find(({ id }) => id === connectedId)
  return (
    <div className={styles.about}>
      <Button
        size="compact-sm"
        variant="light"
        leftSection={<IconReceiptRefund size={15} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t('lines.act.refund-content')}
      </Button>
      {placed && <OrderStatus key={placed.id} placed={placed} dismiss={() => setPlaced(null)} />}
      {isOpen && !services.isPending && (
        <OrderDialog
          lineId={lineId}
          ask={{
            kind: 'refund-content',
            code,
            name: nameOf(code),
            ...(connected && { kopecks: connected.spentKopecks }),
          }}
          close={() => setOpen(false)}
          onPlaced={setPlaced}
        />
      )}
    </div>
  )
}
