import type { LineServices, LineSettings } from '../../../contracts/lines.ts'
import { type Executor, inTransaction, shareReads } from '../../platform/database/index.ts'
import type { Aged, OperatorEdge } from '../edge/index.ts'
import {
  checkCodeWord,
  compareTariffs,
  findLineByMsisdn,
  findLines,
  findParty,
  glanceKey,
  linesOfParties,
  listCharges,
  listUsage,
  readGlances,
  readGlancesAtHand,
  readLines,
  readServices,
  readSettings,
  renameParty,
  setCodeWord,
  summariseCharges,
  walkLines,
  walkParties,
} from '../lines/index.ts'
import {
  answerOffer,
  countOrdersToApprove,
  decideOrder,
  type Ending,
  findOrder,
  listOffers,
  listOrders,
  listOrdersToApprove,
  listUnknownOrders,
  type OrdersContext,
  placeOrder,
  previewOrder,
  readEndings,
  readOffersOf,
  switchesOff,
  undoOrder,
  walkOrders,
} from '../orders/index.ts'
import {
  findPayment,
  findTopUp,
  listMissingReceipts,
  listPayments,
  listUnknownRefunds,
  listUnknownTopUps,
  type PaymentsContext,
  putReceiptRight,
  readTopUpTerms,
  receivePayment,
  startTopUp,
  walkPayments,
} from '../payments/index.ts'
import { eraseOurParty, exportOurParty } from './data-of-party.ts'

type Services = Omit<LineServices, 'asOf'>

/** The operator's edge over our own lines and orders. Every answer is of this moment, every act is done or refused at once. */
export function createReferenceEdge(payments: PaymentsContext): OperatorEdge {
  const { lines, orders } = payments
  // What every opening of the app asks.
  const readShared = shareReads((db, lineIds) => readLines(db, lines, lineIds))
  const readGlance = shareReads((db, keys) => readGlances(db, lines, keys))
  const readLinesOfParty = shareReads((db, partyIds) => linesOfParties(db, lines, partyIds))
  return {
    findLineByMsisdn: (db, msisdn) => findLineByMsisdn(db, lines, msisdn),
    findLine: shareReads((db, lineIds) => findLines(db, lines, lineIds)),
    findParty,
    exportParty: exportOurParty,
    eraseParty: (tx, partyId) => eraseOurParty(tx, payments, partyId),
    linesOfParty: async (db, partyId) => (await readLinesOfParty(db, partyId)) ?? [],
    walkLines: (db, ask) => walkLines(db, lines, ask),
    renameParty: (tx, partyId, name) => renameParty(tx, lines, partyId, name),
    walkParties,
    walkOrders,
    walkPayments,
    readLine: async (db, lineId) => {
      const read = await readShared(db, lineId)
      return read && { value: read.value, asOf: read.asOf }
    },
    readLineFor: (db, lineId, partyId) => readGlance(db, glanceKey(lineId, partyId)),
    linesAtHand: (db, lineIds) => readGlancesAtHand(db, lines, lineIds),
    lineInMemory: (lineId) => lines.glances.get(lineId),
    readServices: (db, lineId) => readServicesWithEndings(db, orders, lineId),
    readSettings: (db, lineId) => readSettingsWithOffers(db, orders, lineId),
    summariseCharges: (db, lineId, month) => summariseCharges(db, lines, lineId, month),
    listCharges,
    listUsage,
    compareTariffs: (db, lineId) => compareTariffs(db, lines, lineId),
    setCodeWord: (db, lineId, word) => inTransaction(db, (tx) => setCodeWord(tx, lines, { lineId, word })),
    lineOfCodeWord: (db, msisdn, word) => checkCodeWord(db, { msisdn, word }),
    previewOrder: (db, by, lineId, request) => previewOrder(db, orders, by, lineId, request),
    placeOrder: (db, by, ask) => placeOrder(db, orders, by, ask),
    undoOrder: (db, by, orderId) => undoOrder(db, orders, by, orderId),
    decideOrder: (db, by, orderId, approve, words) => decideOrder(db, orders, by, orderId, approve, words),
    findOrder,
    listOrders,
    listOrdersToApprove,
    countOrdersToApprove,
    listAccessOffers: (db, partyId) => listOffers(db, orders, partyId),
    answerAccessOffer: (db, by, orderId, accept) => answerOffer(db, orders, by, orderId, accept),
    listUnknownOrders,
    startTopUp: (db, by, ask) => startTopUp(db, payments, by, ask),
    findTopUp,
    readTopUpTerms: (db, lineId) => readTopUpTerms(db, payments, lineId),
    listUnknownTopUps,
    listUnknownRefunds,
    listMissingReceipts,
    putReceiptRight: (db, righted, note) => putReceiptRight(db, payments, righted, note),
    receivePayment: (db, by, ask) => receivePayment(db, payments, by, ask),
    findPayment,
    listPayments,
  }
}

/** What is connected, with what has been switched off and may still be taken back. */
async function readServicesWithEndings(
  db: Executor,
  { lines }: OrdersContext,
  lineId: string,
): Promise<Aged<Services> | undefined> {
  const read = await readServices(db, lines, lineId)
  if (!read) return undefined
  const endings = await readEndings(db, lineId)
  return { ...read, value: withEndings(read.value, endings) }
}

/** What the owner has set, with whom they asked to see the line. */
async function readSettingsWithOffers(
  db: Executor,
  orders: OrdersContext,
  lineId: string,
): Promise<Aged<Omit<LineSettings, 'asOf'>> | undefined> {
  const read = await readSettings(db, orders.lines, lineId)
  return read && { ...read, value: { ...read.value, offered: await readOffersOf(db, orders, lineId) } }
}

function withEndings(services: Services, endings: readonly Ending[]): Services {
  const marked = (connected: Services['options'][number], kind: 'option' | 'content') => {
    const { code } = connected.offering.terms
    const ending = endings.find(({ request }) => switchesOff(request, code, kind))
    return ending
      ? { ...connected, ending: { orderId: ending.orderId, at: ending.at.toISOString() } }
      : connected
  }
  return {
    ...services,
    options: services.options.map((one) => marked(one, 'option')),
    content: services.content.map((one) => marked(one, 'content')),
  }
}
