import { useEffect } from 'react'
import type { Shelf } from '../data/market.ts'
import { live } from '../live/live.ts'
import { useConnection } from '../live/presence.ts'

/** Follows a book while it is on screen; whoever has lost the connection asks again. Gives whether the connection stands. */
export function useBookLive({ type, units }: Shelf, isShown: boolean): boolean {
  const connection = useConnection()
  const isOnline = connection?.online ?? false
  useEffect(() => {
    if (!isShown || !isOnline) return
    live.send({ type: 'market-watch', book: { type, units } })
    return () => live.send({ type: 'market-watch', book: null })
  }, [type, units, isShown, isOnline])
  return isOnline
}
