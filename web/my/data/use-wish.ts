import { useState } from 'preact/hooks'
import { v7 } from 'uuid'

/** What the person wants done, under one id for as long as it is the same: a second try after a lost answer does nothing twice. */
export function useWish<Wanted extends object>() {
  const [wish, setWish] = useState<Wanted & { readonly id: string }>()
  return {
    /** Gives what is wanted its id: that of before if nothing has changed. */
    named: (wanted: Wanted) => {
      const mine = wish && isSame(wish, wanted) ? wish : { id: v7(), ...wanted }
      setWish(mine)
      return mine
    },
    /** It will not be had like this: wanted again it is another one. */
    forget: () => setWish(undefined),
  }
}

const isSame = ({ id: _, ...before }: { readonly id: string }, now: object): boolean =>
  JSON.stringify(before) === JSON.stringify(now)
