import type { Executor } from '../../platform/database/index.ts'
import type { Staff } from '../../platform/http/index.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import type { LinesRoom } from './lines-room.ts'
import { requireKnown } from './look-at-line.ts'

const HIDE_AFTER_MS = 30_000

interface RevealRequest {
  readonly lineId: string
  readonly actor: Staff
  readonly reason: string
  /** Where the request came from. */
  readonly address: string
}

/**
 * The number of a line in the clear, for as long as it may stand on a screen (milliseconds), with how many reveals are left today.
 * Refuses with `not_found`, `need_to_know` (also where none of its people is known), `reveal_cap_reached`.
 */
export async function revealLineNumber(
  db: Executor,
  room: LinesRoom,
  { lineId, actor, reason, address }: RevealRequest,
): Promise<{ msisdn: string; hideAfterMs: number; leftToday: number }> {
  const { msisdn } = found(await room.edge.findLine(db, lineId), 'line')
  const subscriberId = await requireKnown(db, room, actor, lineId, address)
  if (subscriberId === undefined) throw new Refusal('need_to_know')
  const leftToday = await room.recordReveal(db, { actor, subscriberId, reason, address })
  return { msisdn, hideAfterMs: HIDE_AFTER_MS, leftToday }
}
