import { useState } from 'preact/hooks'
import { v7 } from 'uuid'
import { go } from '../app/route.ts'
import { startTopUp, type TopUpWish } from '../data/payments.ts'

type Wanted = Omit<TopUpWish, 'id'>

/** Begins a payment and sends the person to whoever takes the money. A second try after a lost answer is the same payment. */
export function usePaying() {
  const [wish, setWish] = useState<TopUpWish>()
  const [problem, setProblem] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const pay = async (wanted: Wanted) => {
    const mine = wish && sameWish(wish, wanted) ? wish : { id: v7(), ...wanted }
    setWish(mine)
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

const sameWish = ({ id: _, ...before }: TopUpWish, now: Wanted): boolean =>
  JSON.stringify(before) === JSON.stringify(now)
