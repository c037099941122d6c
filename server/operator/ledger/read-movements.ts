import type { Executor } from '../../platform/database/index.ts'
import { pageOf, readTimeCursor, timeCursor } from '../../platform/pages.ts'
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

const HIGHEST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

function placeBelow(after: string | null | undefined): MovementRange['below'] {
  const { at, id } = readTimeCursor(after ?? undefined) ?? { at: LAST, id: HIGHEST_ID }
  return { at, transferId: id }
}

/** What moved on an account, newest first; `kind` and `memo` say why. Refuses a strange cursor with `invalid_request`. */
export async function readMovements(
  db: Executor,
  accountId: string,
  { from = FIRST, to = LAST, after, limit }: MovementsAsk,
): Promise<Page<Movement>> {
  const found = await selectMovements(db, accountId, { from, to, below: placeBelow(after) }, limit + 1)
  return pageOf(found, limit, ({ at, transferId }) => timeCursor({ at, id: transferId }))
}
