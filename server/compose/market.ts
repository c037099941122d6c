import { textOf } from '../../messages/index.ts'
import { listChangesBy, listChangesOf, recordChange } from '../care/audit/index.ts'
import type { LinesRoom } from '../care/lines/index.ts'
import { type BookWatch, createBookWatch, type DisputeFacts, type MarketRoom } from '../care/market/index.ts'
import type { MyRoom } from '../care/my/index.ts'
import type { TimelineNotice } from '../care/timeline/index.ts'
import { createCounter, createSharedBook, type MarketContext } from '../operator/market/index.ts'
import type { Bus } from '../platform/bus/index.ts'
import type { Clock } from '../platform/clock.ts'
import { type Db, databaseProblem } from '../platform/database/index.ts'
import type { HouseLog } from './house-log.ts'
import { writtenMoment, writtenMoney } from './written.ts'

export interface MarketDeps {
  readonly db: Db
  readonly clock: Clock
  readonly bus: Bus<TimelineNotice>
  readonly log: HouseLog
  readonly lines: LinesRoom
  readonly my: MyRoom
  /** Undefined: another system keeps the lines, and there is no Market. */
  readonly context: MarketContext | undefined
}

/** The Market with what surrounds it: who may look, the audit, the words of disputes, screens that follow the book. */
export function composeMarket({ db, clock, bus, log, lines, my, context }: MarketDeps): {
  readonly room: MarketRoom
  readonly watchBook: BookWatch['watch'] | undefined
} {
  const surroundings: Omit<MarketRoom, 'own'> = {
    lines,
    my,
    disputeText: (facts, locale) => disputeText(facts, locale, my.timeZone),
    recordChange: (tx, { by, ...change }) =>
      recordChange(tx, clock, { actor: { kind: 'agent', ...by }, ...change }),
    listChanges: (db, which, ask) =>
      'subject' in which ? listChangesOf(db, which.subject, ask) : listChangesBy(db, which.acts, ask),
  }
  if (!context) return { room: { ...surroundings, own: undefined }, watchBook: undefined }
  const book = createSharedBook(db, context)
  const { watch } = createBookWatch(bus, book, (error) => {
    if (!databaseProblem(error)) log.error({ err: error }, 'the book')
  })
  return {
    room: { ...surroundings, own: { context, book, buy: createCounter(db, context) } },
    watchBook: watch,
  }
}

/** A dispute in the person's language, with every fact that an agent would ask for. */
function disputeText({ deal, words }: DisputeFacts, locale: 'ru' | 'en', timeZone: string): string {
  const facts = textOf(locale, deal.side === 'bought' ? 'my-deal-bought' : 'my-deal-sold', {
    number: String(deal.number),
    volume: textOf(locale, `market-${deal.type}`, { units: String(deal.units) }),
    price: writtenMoney(deal.priceKopecks, locale),
    at: writtenMoment(new Date(deal.at), locale, timeZone),
  })
  return words.trim() === '' ? facts : `${words.trim()}\n\n${facts}`
}
