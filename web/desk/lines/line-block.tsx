import { IconChevronRight } from '@tabler/icons-react'
import { useId, useState } from 'react'
import type { LineRef } from '../../../contracts/lines.ts'
import type { Order } from '../../../contracts/orders.ts'
import { formatPhone } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { ActsMenu } from './acts-menu.tsx'
import type { Ask } from './ask.ts'
import { LineCharges } from './line-charges.tsx'
import { LineDeals } from './line-deals.tsx'
import { LineGlance } from './line-glance.tsx'
import { LineNumber } from './line-number.tsx'
import { LineServices } from './line-services.tsx'
import { LineSettings } from './line-settings.tsx'
import { LineTopUps } from './line-top-ups.tsx'
import styles from './lines.module.css'
import { OrderDialog } from './order-dialog.tsx'
import { OrderStatus } from './order-status.tsx'
import { PassDialog } from './pass-dialog.tsx'

interface Props {
  readonly line: LineRef
  readonly contactPointId: string
  readonly startsOpen: boolean
}

/** One line: a row that opens. What is asked for here opens one sheet, and says here how it went. */
export function LineBlock({ line, contactPointId, startsOpen }: Props) {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(startsOpen)
  const [ask, setAsk] = useState<Ask | 'pass' | null>(null)
  const [placed, setPlaced] = useState<Order | null>(null)
  const id = useId()
  const close = () => setAsk(null)
  return (
    <div className={styles.line}>
      <div className={styles.lineHead}>
        <button
          type="button"
          className={styles.toggle}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          <IconChevronRight size={14} aria-hidden data-open={isOpen} />
          <span className="visually-hidden">{t('lines.shown')} </span>
          <LineNumber line={line} />
        </button>
        <span className={styles.state} data-state={line.state}>
          {t(`lines.state.${line.state}`)}
        </span>
      </div>
      {isOpen && (
        <div id={id} className={styles.inside}>
          {placed && <OrderStatus key={placed.id} placed={placed} dismiss={() => setPlaced(null)} />}
          <LineGlance
            line={line}
            acts={<ActsMenu line={line} number={formatPhone(line.msisdn)} ask={setAsk} />}
          />
          <LineServices lineId={line.id} ask={setAsk} />
          <LineCharges lineId={line.id} />
          <LineTopUps lineId={line.id} ask={setAsk} />
          <LineDeals lineId={line.id} ask={setAsk} />
          <LineSettings lineId={line.id} ask={setAsk} />
        </div>
      )}
      {ask !== null && ask !== 'pass' && (
        <OrderDialog lineId={line.id} ask={ask} close={close} onPlaced={setPlaced} />
      )}
      {ask === 'pass' && <PassDialog contactPointId={contactPointId} close={close} />}
    </div>
  )
}
