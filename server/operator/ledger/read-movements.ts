import { Id } from '../../../contracts/primitives.ts'
import type { Executor } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Page } from '../edge/index.ts'
import { type MovementRange, type MovementRow, selectMovements } from './store.ts'

/** One entry of an account with the reason of its transfer. */
export type Movement = MovementRow

export interface MovementsAsk {
  readonly from?: Date | undefined
  /** Exclusive. */
  readonly to?: Date | undefined
  /** `next` of the page before. */
  readonly after?: string | null | undefined
  readonly limit: number
}

const FIRST = new Date(0)
const LAST = new Date('9999-12-31')

function readCursor(after: string | null | undefined): MovementRange['below'] {
  if (after == null) return { at: LAST, transferId: 'ffffffff-ffff-ffff-ffff-ffffffffffff' }
  const [at = '', transferId = ''] = after.split('_')
  if (!/^\d{1,15}$/.test(at) || !Id.safeParse(transferId).success)
    throw new Refusal('invalid_request', { in: 'after' })
  return { at: new Date(Number(at)), transferId }
}

/** What moved on an account, newest first; `kind` and `memo` say why. Refuses a strange cursor with `invalid_request`. */
export async function readMovements(
  db: Executor,
  accountId: string,
  { from = FIRST, to = LAST, after, limit }: MovementsAsk,
): Promise<Page<Movement>> {
  const found = await selectMovements(db, accountId, { from, to, below: readCursor(after) }, limit + 1)
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return { items, next: found.length > limit && last ? `${last.at.getTime()}_${last.transferId}` : null }
}
