import type { OfferingTerms } from '../../contracts/catalogue.ts'
import { findInForce, seedCatalogue } from '../../server/operator/catalogue/index.ts'
import type { OperatorEvent } from '../../server/operator/edge/index.ts'
import {
  addParty,
  advanceLines,
  creditMoney,
  DEFAULT_RULES,
  type LineRules,
  type LineState,
  type LinesContext,
  openLines,
  readState,
  type TopUpWanted,
} from '../../server/operator/lines/index.ts'
import { type ManualClock, manualClock } from '../../server/platform/clock.ts'
import { type Executor, inTransaction } from '../../server/platform/database/index.ts'
import { createKept, type Kept } from '../../server/platform/kept/index.ts'
import type { TestDatabase } from '../postgres/index.ts'

export interface LineWanted {
  readonly tariff?: string
  readonly kopecks?: number
  readonly timeZone?: string
  readonly region?: string
  readonly partyId?: string
}

export interface LinesRoom {
  readonly lines: LinesContext
  /** What `lines` keeps in memory. */
  readonly kept: Kept
  readonly clock: ManualClock
  /** What was announced, whether or not it was committed. */
  readonly events: OperatorEvent[]
  readonly topUps: TopUpWanted[]
  /** Somebody who can hold lines. */
  aParty(name?: string): Promise<string>
  /** A line with money to begin with; gives its id. */
  aLine(wanted?: LineWanted): Promise<string>
  /** Works in a transaction. */
  begun<T>(work: (tx: Executor) => Promise<T>): Promise<T>
  pay(lineId: string, kopecks: number): Promise<boolean>
  /** The line as it stands now. */
  see(lineId: string): Promise<LineState>
  /** Moves the clock to an instant. */
  goTo(instant: string): void
  /** Lets the rating job work until nothing is due. */
  rate(limit?: number): Promise<void>
  /** Names of the notices since the beginning. */
  notices(): string[]
}

let numbers = 0
let refs = 0

/** A name that nothing else has. */
export const aRef = () => `ref-${++refs}`

/** The room of lines on a real database with a catalogue, and what surrounds it recorded. */
export async function aLinesRoom(
  { db }: TestDatabase,
  offerings: readonly OfferingTerms[],
  {
    clock = manualClock('2027-01-15T09:00:00Z'),
    rules = DEFAULT_RULES,
    hear = async () => undefined,
  }: { clock?: ManualClock; rules?: LineRules; hear?: LinesContext['announce'] } = {},
): Promise<LinesRoom> {
  const kept = createKept(db)
  const events: OperatorEvent[] = []
  const topUps: TopUpWanted[] = []
  const lines: LinesContext = {
    clock,
    rules,
    glances: kept.shelf(100),
    announce: async (tx, event) => {
      events.push(event)
      await hear(tx, event)
    },
    askTopUp: async (_, wanted) => void topUps.push(...wanted),
  }
  await seedCatalogue(db, clock, offerings, 'Волна')
  const begun = <T>(work: (tx: Executor) => Promise<T>) => inTransaction(db, work)
  const aParty = (name = 'Анна Орлова') => begun((tx) => addParty(tx, lines, { kind: 'person', name }))
  return {
    lines,
    kept,
    clock,
    events,
    topUps,
    aParty,
    begun,
    async aLine({
      tariff = 'a-tariff',
      kopecks = 100_000,
      timeZone = 'Europe/Moscow',
      region = 'msk',
      partyId,
    } = {}) {
      const offering = await findInForce(db, tariff)
      if (!offering) throw new Error(`no ${tariff} in the catalogue`)
      const holder = partyId ?? (await aParty())
      const msisdn = `7900${String(1_000_000 + ++numbers)}`
      const opening = kopecks > 0 ? { kopecks, from: 'payments:test' } : undefined
      const wanted = { partyId: holder, msisdn, region, timeZone, tariffId: offering.id, opening }
      const [id = ''] = await begun((tx) => openLines(tx, lines, [wanted]))
      return id
    },
    pay: (lineId, kopecks) =>
      begun((tx) =>
        creditMoney(tx, lines, {
          lineId,
          ref: aRef(),
          kopecks,
          from: 'payments:test',
          category: 'top-up',
          title: { ru: 'Пополнение', en: 'Top-up' },
        }),
      ),
    async see(lineId) {
      const line = await readState(db, lines, lineId)
      if (!line) throw new Error(`no line ${lineId}`)
      return line
    },
    goTo: (instant) => clock.advance(new Date(instant).getTime() - clock.now().getTime()),
    async rate(limit = 50) {
      const defects: unknown[] = []
      while ((await advanceLines(db, lines, limit, (error) => defects.push(error))) > 0) {
        if (defects.length > 0) throw defects[0]
      }
    },
    notices: () => events.flatMap((event) => (event.kind === 'line-notice' ? [event.notice] : [])),
  }
}
