import type { By } from '../../operator/edge/index.ts'
import { type Executor, inTransaction } from '../../platform/database/index.ts'
import { newId } from '../../platform/identifiers.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { LinesRoom } from './lines-room.ts'

/** Whoever knows the code word is the owner, for this alone. */
const BY_CODE_WORD: By = {
  kind: 'subscriber',
  id: null,
  name: null,
  through: 'api',
  trust: 4,
  lineRole: 'owner',
  fresh: true,
  roles: [],
}

/**
 * Blocks a lost SIM by its number and code word, from anywhere. Neither the answer nor its time tells whether they were right: the
 * owner hears of the block on their other doors, and lifts it in My with one tap.
 * Refuses with `rate_limited` (by number and by origin), whoever asks.
 */
export async function blockLostSim(
  db: Executor,
  { clock, edge, limits, normalise }: LinesRoom,
  { msisdn: written, codeWord, origin }: { msisdn: string; codeWord: string; origin: string },
): Promise<void> {
  const msisdn = normalise(written) ?? written
  await limits.take('lost-sim:origin', origin)
  await limits.take('lost-sim:number', msisdn)
  const lineId = await edge.lineOfCodeWord(db, msisdn, codeWord)
  if (lineId === undefined) return
  const request = { kind: 'block-line', reason: 'lost' } as const
  await inTransaction(db, (tx) =>
    edge.placeOrder(tx, BY_CODE_WORD, { id: newId(clock), lineId, request }),
  ).catch(ignoreBlocked)
}

/** It is blocked already: what was wanted is so. */
function ignoreBlocked(error: unknown): void {
  if (!(error instanceof Refusal) || error.code !== 'order_refused') throw error
}
