import { randomUUID } from 'node:crypto'
import type { Order } from '../../../contracts/orders.ts'
import { type Db, databaseProblem, inTransaction } from '../../platform/database/index.ts'
import { type Loop, startLoop } from '../../platform/loop.ts'
import { Unavailable } from '../../platform/outgoing/index.ts'
import { hearOrder, type Keeping, move } from './keep-order.ts'
import { claimKept, deleteSettled, type KeptOrder, lockKept } from './kept-orders.ts'
import { findRemoteOrder } from './remote-orders.ts'
import { stepNotThere, stepSilent } from './schedule.ts'

const POLL_MS = 1_000
/** Longer than any request with its repeats: one whose time is over belongs to a process that died, and is asked again. */
const LEASE_MS = 60_000
/** Orders asked about side by side. */
const ABREAST = 8
/** How long what has ended is kept: a repeat under the same id is answered as it was. */
const KEPT_MS = 30 * 24 * 3_600_000
const FORGET_AT_A_TIME = 500

export interface Asker extends Keeping {
  readonly onDefect: (error: unknown, orderId: string) => void
}

/**
 * Asks the other side what became of orders that have not ended, whoever gave them away and whatever happened to them since. Several nodes
 * share the work; a dead one's is taken over.
 */
export function startAsking(db: Db, asker: Asker, onError: (error: unknown) => void): Loop {
  return startLoop({
    work: async () => {
      const before = new Date(asker.asking.now().getTime() - KEPT_MS)
      return (await askAboutSome(db, asker)) + (await deleteSettled(db, before, FORGET_AT_A_TIME))
    },
    pollMs: POLL_MS,
    onError: (error) => {
      if (!databaseProblem(error)) onError(error)
    },
  })
}

/** The claim is committed before anything leaves. Gives how many were asked about. */
async function askAboutSome(db: Db, asker: Asker): Promise<number> {
  const now = asker.asking.now()
  const until = new Date(now.getTime() + LEASE_MS)
  const claimed = await claimKept(db, { now, until, lease: randomUUID(), limit: ABREAST })
  await Promise.all(claimed.map((one) => askAbout(db, asker, one)))
  return claimed.length
}

async function askAbout(db: Db, asker: Asker, claimed: KeptOrder): Promise<void> {
  let order: Order | undefined
  try {
    order = await findRemoteOrder(asker.asking, claimed.id)
  } catch (error) {
    if (databaseProblem(error)) throw error
    // A defect of ours, or words of theirs that we do not know, must not keep an order for ever: it counts as no answer.
    if (!(error instanceof Unavailable)) asker.onDefect(error, claimed.id)
    return noteSilence(db, asker, claimed, error instanceof Unavailable ? error.retryAfterMs : undefined)
  }
  if (order) await hearOrder(db, asker, order)
  else await note(db, asker, claimed, (kept, moment) => stepNotThere(kept, moment))
}

const noteSilence = (db: Db, asker: Asker, claimed: KeptOrder, retryAfterMs: number | undefined) =>
  note(db, asker, claimed, (kept, moment) => stepSilent(kept, moment, retryAfterMs))

/** Only the attempt that holds the lease decides: what was heard meanwhile from elsewhere counts more. */
async function note(
  db: Db,
  asker: Asker,
  claimed: KeptOrder,
  stepOf: (kept: KeptOrder, moment: Parameters<typeof stepNotThere>[1]) => ReturnType<typeof stepNotThere>,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const kept = await lockKept(tx, claimed.id)
    if (!kept || kept.lease !== claimed.lease || kept.settledAt !== null) return
    const { asking, random } = asker
    await move(tx, asker, kept, stepOf(kept, { now: asking.now(), random }), { heardAt: kept.heardAt })
  })
}
