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
import { type Executor, inTransaction } from '../platform/database/index.ts'
import { type DemoLine, VOLNA_LINES } from './volna/lines.ts'

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
export async function openDemoLines({ db, clock, lines }: Otklik): Promise<void> {
  for (const line of VOLNA_LINES) {
    const openedAt = new Date(clock.now().getTime() - line.daysAgo * DAY_MS)
    await inTransaction(db, async (tx) => {
      if (await findLineByMsisdn(tx, lines, line.msisdn)) return
      await openLine(tx, { ...lines, clock: { now: () => openedAt } }, line)
    })
  }
}

async function openLine(tx: Executor, lines: LinesContext, line: DemoLine): Promise<void> {
  const tariff = await findInForce(tx, line.tariff)
  // A designer may have withdrawn it before the lines were opened.
  if (!tariff) return
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
}
