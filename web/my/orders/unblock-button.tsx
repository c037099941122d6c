import { useState } from 'preact/hooks'
import { lazyPage } from '../app/lazy-page.tsx'
import { useWords } from '../app/words.ts'
import { Button } from '../parts/button.tsx'

/** Few have a block to lift: what asks comes when they do. */
const OrderSheet = lazyPage('order', () => import('./order-sheet.tsx').then((one) => one.OrderSheet))

/** Lifts a block that the person has set. */
export function UnblockButton({ lineId, reason }: { lineId: string; reason: 'lost' | 'voluntary' }) {
  const { w } = useWords()
  const [asks, setAsks] = useState(false)
  return (
    <>
      <Button look="soft" onClick={() => setAsks(true)}>
        {w.home.unblock[reason]}
      </Button>
      {asks && (
        <OrderSheet
          lineId={lineId}
          request={{ kind: 'unblock-line' }}
          title={w.order.title.unblock[reason]}
          confirm={w.order.confirm.unblock[reason]}
          done={w.order.done.unblock}
          nameOf={(code) => code}
          onClose={() => setAsks(false)}
        />
      )}
    </>
  )
}
