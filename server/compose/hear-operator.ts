import { endMyLine, endSessionsOfOthers, knock, type MyRoom } from '../care/my/index.ts'
import {
  contactPointsAroundLine,
  holdersOfLine,
  keepPeopleOfLine,
  localeOfLine,
  subscribersOfLines,
} from '../care/subscribers/index.ts'
import { appendMarket, appendOrder, makeLineLanes, type Outside } from '../care/timeline/index.ts'
import type {
  BookChanged,
  LineNotice,
  LinePeopleChanged,
  MarketHappened,
  OperatorEvent,
  OrderChanged,
} from '../operator/edge/index.ts'
import { announce } from '../platform/bus/index.ts'
import type { Executor } from '../platform/database/index.ts'
import { noticeText } from './notice-text.ts'
import { isAnsweredBySms, tellElsewhere } from './tell-elsewhere.ts'

/**
 * What the rest of the house keeps of what happens to lines, in the transaction that made it true: orders stand on the line's lane, links, sessions
 * and proofs follow whose the line is, people are told, screens look again. For whoever builds the operator's edge.
 */
export async function hearOfOperator(tx: Executor, my: MyRoom, event: OperatorEvent): Promise<void> {
  switch (event.kind) {
    case 'order-changed':
      return keepOrder(tx, my, event)
    case 'lines-changed':
      return tellScreens(tx, my, event.lineIds)
    case 'line-ended':
      await endMyLine(tx, my, event)
      return tellAround(tx, my, event.lineId)
    case 'line-people-changed':
      return followPeople(tx, my, event)
    case 'line-notice':
      return tellPerson(tx, my, event)
    case 'market-happened':
      return keepHappenings(tx, my, event)
    case 'book-changed':
      return tellOfBook(tx, my, event)
    // Whoever had it set aside hears of it beside us.
    case 'volume-released':
  }
}

async function keepOrder(tx: Executor, my: MyRoom, { order }: OrderChanged): Promise<void> {
  const { bus } = my.timeline.context
  const entry = await appendOrder(tx, my.clock, order)
  if (entry) announce(tx, bus, { type: 'entries', lanes: [{ laneId: order.lineId, seq: entry.seq }] })
  if (order.state === 'approval' || order.decision) announce(tx, bus, { type: 'approvals' })
  tellScreens(tx, my, [order.lineId])
}

/** Sales come together, at most once in the rules' minutes: that is worth a knock. Who buys has the app open. */
async function keepHappenings(tx: Executor, my: MyRoom, { happenings }: MarketHappened): Promise<void> {
  const lanes = await appendMarket(tx, my.clock, happenings)
  if (lanes.length > 0) announce(tx, my.timeline.context.bus, { type: 'entries', lanes })
  const sold = happenings.filter(({ what }) => what.event === 'sold').map(({ lineId }) => lineId)
  if (sold.length > 0) await knock(tx, my, await subscribersOfLines(tx, sold), 'market')
}

function tellOfBook(tx: Executor, my: MyRoom, { sizes }: BookChanged): void {
  const different = new Map(sizes.map(({ type, units }) => [`${type} ${units}`, { type, units }]))
  announce(tx, my.timeline.context.bus, { type: 'book', sizes: [...different.values()] })
}

/** Other systems that want to know hear of every order that was placed or changed its state; a top-up is a payment as well. */
export async function tellOfOrder(tx: Executor, outside: Outside, event: OperatorEvent): Promise<void> {
  if (event.kind !== 'order-changed') return
  const { id, lineId, request, state } = event.order
  if (outside.hears('order.changed'))
    await outside.tell(tx, [{ event: 'order.changed', laneId: lineId, ids: { orderId: id, state } }])
  if (request.kind === 'top-up' && outside.hears('payment.changed'))
    await outside.tell(tx, [{ event: 'payment.changed', laneId: lineId, ids: { paymentId: id } }])
}

async function followPeople(tx: Executor, my: MyRoom, { lineId }: LinePeopleChanged): Promise<void> {
  const line = await my.edge.findLine(tx, lineId)
  await makeLineLanes(tx, [lineId])
  await keepPeopleOfLine(tx, my.clock, lineId, line?.people ?? [])
  await endSessionsOfOthers(tx, lineId)
  return tellAround(tx, my, lineId)
}

/** The stories of whoever has or had the line have another lane now, or one less: their screens look again at whose is what. */
async function tellAround(tx: Executor, my: MyRoom, lineId: string): Promise<void> {
  const contactPointIds = await contactPointsAroundLine(tx, lineId)
  if (contactPointIds.length > 0) announce(tx, my.timeline.context.bus, { type: 'person', contactPointIds })
  tellScreens(tx, my, [lineId])
}

/** What only an SMS can carry, as a sum that is missing (a knock has no words), or must reach whoever holds the SIM. */
const BY_SMS_ONLY = /^(fee-near$|settings-|access-)/

/**
 * Who has the app on a phone is knocked at and sees there what there is; who has not gets an SMS. Somebody who is only trusted with the line
 * is not told: their phone must not stand in for the owner's.
 */
async function tellPerson(tx: Executor, my: MyRoom, event: LineNotice): Promise<void> {
  const { lineId, msisdn, notice } = event
  await tellElsewhere(tx, my, event)
  const knocked = BY_SMS_ONLY.test(notice) ? 0 : await knock(tx, my, await holdersOfLine(tx, lineId), 'home')
  const text = noticeText(event, (await localeOfLine(tx, lineId)) ?? 'ru', my)
  if (knocked > 0 || text === undefined || (await isAnsweredBySms(tx, my, event))) return
  const { sms, surroundings } = my.subscribers
  if ((await surroundings.smsAccountId(tx)) === undefined) return
  await sms.send(tx, { msisdn, text, kind: 'notice' })
}

function tellScreens(tx: Executor, { timeline }: MyRoom, lineIds: readonly string[]): void {
  announce(tx, timeline.context.bus, { type: 'line', lineIds })
}
