import { Button } from '@mantine/core'
import { useState } from 'react'
import { type Order, orders } from '../../../contracts/orders.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { queryClient } from '../data/query-client.ts'
import { say, sayProblem } from '../parts/say.ts'
import { useNow } from '../parts/use-now.ts'

type Undoable = Pick<Order, 'id' | 'lineId' | 'undoableUntil'>

const leftMs = ({ undoableUntil }: Undoable, now: number) =>
  undoableUntil === null ? 0 : Date.parse(undoableUntil) - now

/** The way back while there is one, with the seconds that are left; nothing afterwards. */
export function UndoOrder({ order }: { order: Undoable }) {
  return leftMs(order, Date.now()) > 0 ? <Ticking order={order} /> : null
}

/** Takes an order back and says so in these words, or why not. */
export function useUndo({ id, lineId }: Pick<Order, 'id' | 'lineId'>, undone: string) {
  const [busy, setBusy] = useState(false)
  const undo = async () => {
    setBusy(true)
    try {
      await call(orders.undoOrder, { params: { id } })
      say(undone)
    } catch (error) {
      sayProblem(error)
    } finally {
      setBusy(false)
      void queryClient.invalidateQueries({ queryKey: ['line', lineId] })
    }
  }
  return { busy, undo: () => void undo() }
}

function Ticking({ order }: { order: Undoable }) {
  const { t } = useWords()
  const now = useNow(500)
  const { busy, undo } = useUndo(order, t('orderSheet.undone'))
  const seconds = Math.ceil(leftMs(order, now) / 1000)
  if (seconds <= 0) return null
  return (
    <Button size="compact-xs" variant="light" loading={busy} onClick={undo}>
      <span aria-hidden className="numeric">
        {t('orderSheet.undoLeft', { count: seconds })}
      </span>
      <span className="visually-hidden">{t('orderSheet.undo')}</span>
    </Button>
  )
}
