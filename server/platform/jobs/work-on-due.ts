import type { Clock } from '../clock.ts'
import { type Db, databaseProblem, type Executor, inTransaction } from '../database/index.ts'
import { setAside } from './set-aside.ts'

/** Work of one kind that falls due on rows. */
export interface DueWork {
  /** The kind, as it stands in `platform.set_aside`. */
  readonly work: string
  /** Takes rows on which it is due, and locks them; gives their ids. What is set aside is not taken (`notSetAside`, or `postpone`). */
  claim(tx: Executor, now: Date): Promise<string[]>
  /** Locks one of them that was claimed a moment ago; none if there is nothing to be done on it any more. */
  claimOne(tx: Executor, id: string, now: Date): Promise<string[]>
  /** Does it, on rows that are locked. */
  does(tx: Executor, ids: readonly string[], now: Date): Promise<void>
  /** It is due there no sooner than `until`; absent: claims leave out what is set aside. */
  postpone?(tx: Executor, id: string, aside: { readonly now: Date; readonly until: Date }): Promise<void>
}

/** Told why something was set aside. */
export type OnDefect = (error: unknown) => void

/**
 * Does what is due in one transaction. Gives how many rows it looked at; 0 = nothing is due. Several nodes share the work: each row is claimed
 * by one. A row that fails does not hold the others up: they go on one by one, it is set aside. For a loop.
 */
export async function workOnDue(db: Db, { now }: Clock, due: DueWork, onDefect: OnDefect): Promise<number> {
  const at = now()
  let claimed: string[] = []
  try {
    return await inTransaction(db, async (tx) => {
      claimed = await due.claim(tx, at)
      if (claimed.length > 0) await due.does(tx, claimed, at)
      return claimed.length
    })
  } catch (error) {
    if (databaseProblem(error) || claimed.length === 0) throw error
  }
  for (const id of claimed) {
    const alone = async (tx: Executor, then: Date) => {
      const ids = await due.claimOne(tx, id, then)
      if (ids.length > 0) await due.does(tx, ids, then)
    }
    await workAlone(db, { now }, { ...due, id, does: alone }, onDefect)
  }
  return claimed.length
}

/** Work on one thing. */
export interface LoneWork extends Pick<DueWork, 'work' | 'postpone'> {
  readonly id: string
  does(tx: Executor, now: Date): Promise<void>
}

/** Does it in a transaction of its own; where that fails, it is set aside with its reason. Throws only if it is the database's trouble. */
export async function workAlone(
  db: Db,
  clock: Clock,
  { work, id, does, postpone }: LoneWork,
  onDefect: OnDefect,
): Promise<void> {
  const now = clock.now()
  try {
    await inTransaction(db, (tx) => does(tx, now))
  } catch (error) {
    if (databaseProblem(error)) throw error
    onDefect(error)
    await inTransaction(db, async (tx) => {
      const until = await setAside(tx, { work, id, error, now })
      await postpone?.(tx, id, { now, until })
    })
  }
}
