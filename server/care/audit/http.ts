import type { ChangeRecord, privacy } from '../../../contracts/privacy.ts'
import type { Executor } from '../../platform/database/index.ts'
import type { Handlers } from '../../platform/http/index.ts'
import { idCursor, pageOf, readIdCursor } from '../../platform/pages.ts'
import { firstIdAt } from './id-time.ts'
import { type IdRange, selectAccesses, selectChanges, selectChangesBy, selectChangesOf } from './store.ts'

interface Period {
  readonly after?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly limit: number
}

/** The ids of a period below the cursor, with one row more than asked: whether there is a next page. `to` is exclusive. */
function rangeOf({ after, from, to, limit }: Period): IdRange {
  return {
    from: from === undefined ? undefined : firstIdAt(new Date(from)),
    // The cursor is an id of an earlier page, so that it stands below the end of the period.
    below: readIdCursor(after) ?? (to === undefined ? undefined : firstIdAt(new Date(to))),
    limit: limit + 1,
  }
}

function shown<R extends { readonly id: string; readonly at: Date }>(found: readonly R[], limit: number) {
  const { items, next } = pageOf(found, limit, idCursor)
  return { items: items.map((row) => ({ ...row, at: row.at.toISOString() })), next }
}

type Changes = Promise<{ items: ChangeRecord[]; next: string | null }>

/** Changes of one thing, newest first. Refuses a strange cursor with `invalid_request`. */
export async function listChangesOf(db: Executor, subject: string, ask: Period): Changes {
  return shown(await selectChangesOf(db, subject, rangeOf(ask)), ask.limit)
}

/** Changes of some kinds, newest first. Refuses a strange cursor with `invalid_request`. */
export async function listChangesBy(db: Executor, acts: readonly string[], ask: Period): Changes {
  return shown(await selectChangesBy(db, acts, rangeOf(ask)), ask.limit)
}

/** The audit's part of the `privacy` contract. */
export const auditHandlers: Pick<Handlers<typeof privacy>, 'listAccesses' | 'listChanges'> = {
  async listAccesses({ db, query }) {
    const { agentId, contactPointId, limit } = query
    return shown(await selectAccesses(db, { ...rangeOf(query), agentId, contactPointId }), limit)
  },
  async listChanges({ db, query }) {
    return shown(await selectChanges(db, rangeOf(query)), query.limit)
  },
}
