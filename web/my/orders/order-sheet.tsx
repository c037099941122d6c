import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { OrderRequest } from '../../../contracts/orders.ts'
import { ApiProblem, isProblem } from '../../shared/api/index.ts'
import { problemText } from '../../shared/problems/index.ts'
import { useWords } from '../app/words.ts'
import { aWish, placeOrder, previewOrder, undoOrder, type Wish } from '../data/orders.ts'
import { useReading } from '../data/reading.ts'
import { FreshCode } from '../fresh/fresh-code.tsx'
import { Button } from '../parts/button.tsx'
import parts from '../parts/parts.module.css'
import { Sheet } from '../parts/sheet.tsx'
import { Shown } from '../parts/states.tsx'
import { say } from '../parts/toast.tsx'
import { Effects } from './effects.tsx'
import { isOpen } from './open-orders.ts'

interface Props {
  readonly lineId: string
  readonly request: OrderRequest
  readonly title: string
  readonly confirm: string
  /** Said when it is done, or on its way. */
  readonly done: string
  readonly nameOf: (code: string) => string
  readonly onClose: () => void
  /** Back to what was asked for; absent: there is nothing to change in it. */
  readonly onAmend?: () => void
  /** What of the order the person chooses here. */
  readonly children?: ComponentChildren
}

/** What it will do, and the button that does it. What can be taken back says so for as long as it can. */
export function OrderSheet({
  lineId,
  request,
  title,
  confirm,
  done,
  nameOf,
  onClose,
  onAmend,
  children,
}: Props) {
  const { w, locale } = useWords()
  const reading = useReading(`preview:${lineId}:${JSON.stringify(request)}`, () =>
    previewOrder(lineId, request),
  )
  const [wish, setWish] = useState<Wish>()
  const [problem, setProblem] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const [wantsCode, setWantsCode] = useState(false)
  const digest = reading.value?.digest
  const act = async () => {
    // A second try after a lost answer is the same wish: it is done once.
    const mine = wish?.digest === digest && wish ? wish : aWish(lineId, request, digest)
    setWish(mine)
    setBusy(true)
    setProblem(undefined)
    try {
      const order = await placeOrder(mine)
      if (order.state === 'refused') {
        setProblem(new ApiProblem('order_refused'))
        return
      }
      const until = order.undoableUntil && Date.parse(order.undoableUntil) - Date.now()
      say({
        text: isOpen(order) ? w.orders.told[order.state] : done,
        ...(until &&
          until > 0 && {
            forMs: until,
            act: { label: w.app.undo, run: () => void takeBack(order, w.order.done.undone, locale) },
          }),
      })
      onClose()
    } catch (error) {
      // The minutes of the last code ran out while the question stood here: the same wish goes on after another one.
      if (isProblem(error, 'fresh_code_required')) setWantsCode(true)
      else setProblem(error)
      if (isProblem(error, 'conflict')) reading.again()
    } finally {
      setBusy(false)
    }
  }
  const goOn = () => {
    setWantsCode(false)
    void act()
  }
  if (wantsCode) return <FreshCode onClose={() => setWantsCode(false)} onFresh={goOn} />
  return (
    <Sheet title={title} onClose={onClose}>
      {children}
      <Shown reading={reading} rows={1}>
        {(preview) => (
          <>
            <Effects effects={preview.effects} nameOf={nameOf} />
            {problem !== undefined && (
              <p class={parts.wrong} role="alert">
                {isProblem(problem, 'conflict')
                  ? w.order.changed
                  : problemText(problem instanceof ApiProblem ? problem : undefined, locale)}
              </p>
            )}
            {preview.possible ? (
              <Button busy={busy} onClick={() => void act()}>
                {confirm}
              </Button>
            ) : (
              <Button look="soft" onClick={onAmend ?? onClose}>
                {onAmend ? w.order.amend : w.app.close}
              </Button>
            )}
          </>
        )}
      </Shown>
    </Sheet>
  )
}

/** Takes an order back and says how that went. */
export async function takeBack(
  order: { id: string; lineId: string },
  undone: string,
  locale: 'ru' | 'en',
): Promise<void> {
  try {
    await undoOrder(order)
    say({ text: undone })
  } catch (error) {
    say({ text: problemText(error, locale), tone: 'trouble' })
  }
}
