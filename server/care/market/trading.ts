import type { Executor } from '../../platform/database/index.ts'
import type { Subscriber } from '../../platform/http/index.ts'
import { byOfLooker, requireLook } from '../lines/index.ts'
import type { MarketRoom } from './market-room.ts'

/**
 * By whom a line is traded on: its owner or its user.
 * @throws Refusal `not_found` (somebody else's line), `forbidden` (only trusted with it)
 */
export const requireTrading = async (
  { lines }: Pick<MarketRoom, 'lines'>,
  db: Executor,
  actor: Subscriber,
  lineId: string,
  address: string,
) => byOfLooker(lines, actor, await requireLook(db, lines, actor, lineId, 'services', address))
