import { useState } from 'preact/hooks'
import { useWords } from '../app/words.ts'
import { Button } from '../parts/button.tsx'
import { OrderSheet } from './order-sheet.tsx'

/** Lifts a block that the person has set. */
export function UnblockButton({ lineId }: { lineId: string }) {
  const { w } = useWords()
  const [asks, setAsks] = useState(false)
  return (
    <>
      <Button look="soft" onClick={() => setAsks(true)}>
        {w.home.unblock}
      </Button>
      {asks && (
        <OrderSheet
          lineId={lineId}
          request={{ kind: 'unblock-line' }}
          title={w.order.title.unblock}
          confirm={w.order.confirm.unblock}
          done={w.order.done.unblock}
          nameOf={(code) => code}
          onClose={() => setAsks(false)}
        />
      )}
    </>
  )
}
