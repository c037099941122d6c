let current: (() => void) | null = null

/** The open conversation says how to go on from it; gives the way to withdraw. */
export function offerGoOn(way: () => void): () => void {
  current = way
  return () => {
    if (current === way) current = null
  }
}

/** Opens the conversation after the one that is open. */
export const goOn = (): void => current?.()
