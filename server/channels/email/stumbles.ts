/** These mails could not be fetched together. */
export class NotFetched extends Error {
  override readonly name = 'NotFetched'
  readonly uids: readonly number[]
  constructor(uids: readonly number[], cause: unknown) {
    super('mails could not be fetched', { cause })
    this.uids = uids
  }
}

/**
 * How often in a row one mail is asked for while all that came after it waits: some seconds, with the rests between. What stands for it is
 * tried again by itself and fetched once the server gives it.
 */
const TIMES = 3

/**
 * What reading a mailbox has stumbled over, from one connection to the next. A server that cannot read a mail itself fails at the whole
 * command or breaks the connection (Dovecot does), and all that came after that mail would never be heard of.
 */
export interface Stumbles {
  note(failure: NotFetched): void
  /** Is it among those of which one was in the way? They are asked for one by one. */
  isNear(uid: number): boolean
  /** Is it to be given up? Says so once: what has the same number later is another mail. */
  giveUp(uid: number): boolean
}

export function createStumbles(): Stumbles {
  let nearTo = 0
  let last = { uid: 0, times: 0 }
  return {
    note: ({ uids: [uid = 0, ...others] }) => {
      if (others.length > 0) nearTo = Math.max(nearTo, others.at(-1) ?? 0)
      else last = { uid, times: last.uid === uid ? last.times + 1 : 1 }
    },
    isNear: (uid) => uid <= nearTo,
    giveUp: (uid) => {
      const isOver = last.uid === uid && last.times >= TIMES
      if (isOver) last = { uid: 0, times: 0 }
      return isOver
    },
  }
}
