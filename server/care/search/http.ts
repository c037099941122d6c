import type { search } from '../../../contracts/search.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Db } from '../../platform/database/index.ts'
import type { Handlers } from '../../platform/http/index.ts'
import { recordAccess } from '../audit/index.ts'
import { readPersonsAt, type SubscriberLimits } from '../subscribers/index.ts'
import { measureLag } from './index-entries.ts'
import { HIT_FROM, HIT_TO, searchEntries } from './search-entries.ts'

export interface SearchDeps {
  readonly db: Db
  readonly clock: Clock
  readonly limits: Pick<SubscriberLimits, 'take'>
}

/** Serves the `search` contract. Every search is counted and recorded, never what was searched for. */
export function searchHandlers({ db, clock, limits }: SearchDeps): Handlers<typeof search> {
  return {
    searchEntries: async ({ query, actor, request }) => {
      await limits.take('search:minute', actor.id)
      await limits.take('search:day', actor.id)
      const [{ hits, next }, lagMs] = await Promise.all([
        searchEntries(db, actor, query, clock.now()),
        measureLag(db, clock.now()),
      ])
      await recordAccess(db, clock, { actor, act: 'search', address: request.ip })
      const persons = await readPersonsAt(
        db,
        hits.map(({ laneId, storedAt }) => ({ contactPointId: laneId, at: storedAt })),
      )
      return {
        items: hits.map(({ storedAt, headline, ...hit }, index) => ({
          ...hit,
          name: persons[index]?.name ?? '…',
          at: storedAt.toISOString(),
          excerpt: excerptOf(headline),
        })),
        next,
        lagMs,
      }
    },
  }
}

/** A headline as pieces, so that nothing on the way to the screen is markup. */
function excerptOf(headline: string): { text: string; hit: boolean }[] {
  return headline.split(HIT_FROM).flatMap((piece, index) => {
    const [inside = '', ...rest] = piece.split(HIT_TO)
    const pieces =
      index === 0
        ? [{ text: piece, hit: false }]
        : [
            { text: inside, hit: true },
            { text: rest.join(''), hit: false },
          ]
    return pieces.filter(({ text }) => text !== '')
  })
}
