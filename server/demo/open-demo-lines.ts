import type { Otklik } from '../compose/index.ts'
import { findInForce } from '../operator/catalogue/index.ts'
import {
  addParty,
  connectOffering,
  findLineByMsisdn,
  giveDiscount,
  type LinesContext,
  openLines,
} from '../operator/lines/index.ts'
import { listLot } from '../operator/market/index.ts'
import { type Executor, inTransaction } from '../platform/database/index.ts'
import { newId } from '../platform/identifiers.ts'
import { Refusal } from '../platform/refusal.ts'
import { type DemoLine, VOLNA_LINES } from './volna/lines.ts'
import { type DemoLot, VOLNA_LOTS } from './volna/lots.ts'

const DAY_MS = 86_400_000
/** What was agreed to on a partner's page, as a partner would have kept it. */
const CONSENT = {
  through: 'api',
  words: 'Согласен подключить подписку и оплачивать её с баланса номера',
} as const

/**
 * Opens the demo's lines on first start, each as long ago as its story wants: from then on the rating job brings it up to the present
 * as it would have done day by day. Numbers that have a line stay as somebody may have changed them.
 */
export async function openDemoLines(otklik: Otklik): Promise<void> {
  const { db, clock, lines } = otklik
  for (const line of VOLNA_LINES) {
    const openedAt = new Date(clock.now().getTime() - line.daysAgo * DAY_MS)
    const lineId = await inTransaction(db, async (tx) => {
      if (await findLineByMsisdn(tx, lines, line.msisdn)) return undefined
      return openLine(tx, { ...lines, clock: { now: () => openedAt } }, line)
    })
    if (lineId === undefined) continue
    for (const lot of VOLNA_LOTS) if (lot.msisdn === line.msisdn) await putUp(otklik, lineId, line, lot)
  }
}

/** Somebody sells something, so that the book is not empty. What the rules do not allow any more is left out. */
async function putUp(
  { db, market }: Otklik,
  lineId: string,
  { name }: DemoLine,
  lot: DemoLot,
): Promise<void> {
  const { msisdn: _, shown, ...offered } = lot
  const sellerName = shown ? (name.split(' ')[0] ?? null) : null
  try {
    await listLot(db, market, { ...offered, id: newId(market.clock), lineId, sellerName })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}

/** Gives the line's id; undefined: a designer has withdrawn its tariff before the lines were opened. */
async function openLine(tx: Executor, lines: LinesContext, line: DemoLine): Promise<string | undefined> {
  const tariff = await findInForce(tx, line.tariff)
  if (!tariff) return undefined
  const partyId = await addParty(tx, lines, { kind: 'person', name: line.name })
  const [lineId = ''] = await openLines(tx, lines, [
    {
      partyId,
      msisdn: line.msisdn,
      region: 'Москва',
      timeZone: 'Europe/Moscow',
      tariffId: tariff.id,
      opening: { kopecks: line.kopecks, from: 'payments:opening' },
    },
  ])
  for (const code of line.discounts) await giveDiscount(tx, lines, { lineId, ref: `demo:${code}`, code })
  for (const code of line.options) await connectOffering(tx, lines, { lineId, ref: `demo:${code}`, code })
  for (const code of line.content) {
    await connectOffering(tx, lines, { lineId, ref: `demo:${code}`, code, consent: CONSENT })
  }
  return lineId
}
