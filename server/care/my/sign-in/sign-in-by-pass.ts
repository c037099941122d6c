import { inTransaction } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { partyOf } from '../../subscribers/index.ts'
import type { My } from '../my.ts'
import type { Device } from '../sessions/start-session.ts'
import { type Entered, enter } from './enter.ts'
import { spendPass } from './pass-store.ts'
import { hashOfPass } from './pass-value.ts'

/**
 * Signs in by an agent's one-time pass. Refuses with `code_wrong` (no such pass), `code_expired` (used, too old, or its line has ended),
 * `rate_limited`.
 */
export async function signInByPass(my: My, pass: string, device: Device, address: string): Promise<Entered> {
  const { db, clock, edge, limits } = my
  await limits.take(...limits.ofAddress('my-try', address))
  const entered = await inTransaction(db, async (tx) => {
    const known = await spendPass(tx, hashOfPass(my, pass), clock.now())
    if (!known) throw new Refusal('code_wrong')
    const line = known.spent ? await edge.findLine(tx, known.lineId) : undefined
    const partyId = await partyOf(tx, known.subscriberId)
    if (!line || partyId === undefined) throw new Refusal('code_expired')
    return enter(tx, my, { line, partyId, signedInBy: 'pass', locale: null, device })
  })
  await limits.giveBack(...limits.ofAddress('my-try', address))
  return entered
}
