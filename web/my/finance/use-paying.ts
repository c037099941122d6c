import { useState } from 'preact/hooks'
import { go } from '../app/route.ts'
import { startTopUp, type TopUpWish } from '../data/payments.ts'
import { useWish } from '../data/use-wish.ts'

type Wanted = Omit<TopUpWish, 'id'>

/** Begins a payment and sends the person to whoever takes the money. */
export function usePaying() {
  const wish = useWish<Wanted>()
  const [problem, setProblem] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const pay = async (wanted: Wanted) => {
    const mine = wish.named(wanted)
    setBusy(true)
    setProblem(undefined)
    try {
      const { id, redirectUrl } = await startTopUp(mine)
      if (redirectUrl) location.assign(redirectUrl)
      else go('finance', `top-up/${id}`)
    } catch (error) {
      setProblem(error)
    }
    // Who turns back finds the button as it was; pressed again it is the same payment.
    setBusy(false)
  }
  return { pay, busy, problem }
}
