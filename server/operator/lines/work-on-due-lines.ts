import { type Db, databaseProblem, type Executor, inTransaction } from '../../platform/database/index.ts'
import type { LinesContext } from './lines-context.ts'
import { lockRows } from './store/read-rows.ts'

/** A line whose work fails is looked at again after so long. */
const SET_ASIDE_MS = 5 * 60_000

/** Work that falls due on lines. */
export interface DueWork {
  /** Takes lines on which it is due, and locks them; gives their ids. */
  claim(tx: Executor, now: Date): Promise<string[]>
  /** Does it, on lines that are locked. */
  work(tx: Executor, lineIds: readonly string[], now: Date): Promise<void>
  /** It is due on the line no sooner than `until`. */
  setAside(db: Db, lineId: string, { now, until }: { now: Date; until: Date }): Promise<void>
}

/**
 * Does what is due on lines in one transaction. Gives how many lines it looked at; 0 = nothing is due. Several nodes share the work: each line
 * is claimed by one. A line that fails does not hold the others up: they go on one by one, it is set aside for five minutes. For a loop.
 * @param onDefect told why a line was set aside
 */
export async function workOnDueLines(
  db: Db,
  { clock }: LinesContext,
  due: DueWork,
  onDefect: (error: unknown) => void,
): Promise<number> {
  const now = clock.now()
  let claimed: string[] = []
  try {
    return await inTransaction(db, async (tx) => {
      claimed = await due.claim(tx, now)
      await due.work(tx, claimed, now)
      return claimed.length
    })
  } catch (error) {
    if (databaseProblem(error) || claimed.length === 0) throw error
  }
  for (const lineId of claimed) await workAlone(db, due, lineId, clock.now(), onDefect)
  return claimed.length
}

async function workAlone(
  db: Db,
  due: DueWork,
  lineId: string,
  now: Date,
  onDefect: (error: unknown) => void,
): Promise<void> {
  try {
    await inTransaction(db, async (tx) => due.work(tx, await lockRows(tx, [lineId]), now))
  } catch (error) {
    if (databaseProblem(error)) throw error
    onDefect(error)
    await due.setAside(db, lineId, { now, until: new Date(now.getTime() + SET_ASIDE_MS) })
  }
}
