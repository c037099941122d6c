import {
  type Aged,
  type AnnounceOperator,
  type LineIdentity,
  type OperatorEdge,
  type PartyIdentity,
  writeLine,
} from '../../operator/edge/index.ts'
import type { Db } from '../../platform/database/index.ts'
import type { Loop } from '../../platform/loop.ts'
import { Refusal } from '../../platform/refusal.ts'
import { Individual, Organization } from '../party/schema.ts'
import { Product } from '../product-inventory/schema.ts'
import { type Asker, startAsking } from './ask-remote.ts'
import { findKept, placeKept, undoKept } from './keep-order.ts'
import { createLastKnown } from './last-known.ts'
import { listUnknownOrders } from './list-unknown.ts'
import { createRemoteOfferings } from './offerings.ts'
import { listRemoteCharges, summariseRemoteCharges } from './read-charges.ts'
import { identityOf, PRODUCT, readLinesOfParty } from './read-identity.ts'
import {
  type Asking,
  type LineRead,
  readRemoteLine,
  readRemoteSettings,
  type SettingsRead,
} from './read-line.ts'
import { readRemoteServices, type ServicesRead } from './read-services.ts'
import { createRemoteClient, type RemoteClient } from './remote-client.ts'
import { listRemoteOrders, previewRemoteOrder } from './remote-orders.ts'
import type { RemoteClientDeps } from './remote-system.ts'

export interface RemoteEdgeDeps extends RemoteClientDeps {
  readonly announce: AnnounceOperator
  /** What went wrong by our own fault, with the order that it was about, if it was. */
  readonly onDefect: (error: unknown, orderId?: string) => void
  /** 0 ≤ x < 1, for jitter. */
  readonly random?: () => number
}

export interface RemoteEdge extends OperatorEdge {
  /** Asks what became of orders that have not ended, in the background. */
  startAsking(db: Db): Loop
}

/** What may be shown of a line while its system is away, and for how long its people are believed. */
const SHOWN_MS = 24 * 3_600_000
const BELIEVED_MS = 600_000

/** TM Forum has no words for it: the operator's own system does it. */
const notHere = (what: string) => async (): Promise<never> => {
  throw new Refusal('unavailable', { what })
}

/** The operator's edge over a remote system. */
export function createRemoteEdge(deps: RemoteEdgeDeps): RemoteEdge {
  const { announce, clock, onDefect, random = Math.random } = deps
  const client = createRemoteClient(deps)
  const offerings = createRemoteOfferings(client, new URL(deps.system.url).host)
  const asking: Asking = { client, offerings, now: () => clock.now() }
  const lines = createLastKnown<Aged<LineRead>>(clock, SHOWN_MS)
  const services = createLastKnown<Aged<ServicesRead>>(clock, SHOWN_MS)
  const settings = createLastKnown<Aged<SettingsRead>>(clock, SHOWN_MS)
  const identities = createLastKnown<LineIdentity>(clock, BELIEVED_MS)
  const ofParty = createLastKnown<Awaited<ReturnType<typeof readLinesOfParty>>>(clock, BELIEVED_MS)
  const keeping: Asker = { asking, announce, random, onDefect }
  const findLine = (lineId: string) =>
    identities.ask(lineId, async () => {
      const product = await client.read(`${PRODUCT}/${encodeURIComponent(lineId)}`, Product)
      return product && identityOf(product)
    })
  const readLine = (lineId: string) => lines.ask(lineId, () => readRemoteLine(asking, lineId))
  return {
    findLineByMsisdn: (_, msisdn) =>
      identities.ask(`msisdn:${msisdn}`, async () => {
        const products = await client.list(PRODUCT, { productSerialNumber: msisdn }, Product)
        return products.flatMap((one) => identityOf(one) ?? []).find(({ state }) => state !== 'ended')
      }),
    findLine: (_, lineId) => findLine(lineId),
    findParty: (_, partyId) => findRemoteParty(client, partyId),
    linesOfParty: async (_, partyId) =>
      (await ofParty.ask(partyId, () => readLinesOfParty(client, partyId))) ?? [],
    // The books are the other system's, and so is the duty to tell and to destroy.
    exportParty: async () => [],
    eraseParty: async () => ({}),
    renameParty: notHere('parties'),
    // Lists of everybody are asked of whoever keeps the lines.
    walkLines: notHere('everyone'),
    walkParties: notHere('everyone'),
    walkOrders: notHere('everyone'),
    walkPayments: notHere('everyone'),
    readLine: (_, lineId) => readLine(lineId),
    readLineFor: async (_, lineId, partyId) => {
      const [line, read] = await Promise.all([findLine(lineId), readLine(lineId)])
      const mine = line?.people.find((one) => one.partyId === partyId)
      return read && mine && { value: writeLine(read.value), asOf: read.asOf, role: mine.role }
    },
    // The lines are elsewhere: nothing of them stands in this database.
    linesAtHand: async () => new Map(),
    lineInMemory: () => undefined,
    readServices: (_, lineId) => services.ask(lineId, () => readRemoteServices(asking, lineId)),
    readSettings: (_, lineId) => settings.ask(lineId, () => readRemoteSettings(asking, lineId)),
    summariseCharges: (_, lineId, month) => summariseRemoteCharges(asking, lineId, month),
    listCharges: (_, lineId, ask) => listRemoteCharges(asking, lineId, ask),
    listUsage: notHere('usage'),
    compareTariffs: notHere('tariff-comparison'),
    setCodeWord: notHere('code-word'),
    lineOfCodeWord: async () => undefined,
    previewOrder: (_, by, lineId, request) => previewRemoteOrder(asking, by, lineId, request),
    placeOrder: (db, by, ask) => placeKept(db, keeping, by, ask),
    undoOrder: (db, _by, orderId) => undoKept(db, keeping, orderId),
    // Approval is the business of whoever keeps the lines.
    decideOrder: notHere('approval'),
    findOrder: (db, orderId) => findKept(db, keeping, orderId),
    listOrders: (_, lineId, ask) => listRemoteOrders(asking, lineId, ask),
    listOrdersToApprove: async () => ({ items: [], next: null }),
    countOrdersToApprove: async () => 0,
    listAccessOffers: async () => [],
    answerAccessOffer: notHere('people'),
    listUnknownOrders,
    startAsking: (db) => startAsking(db, keeping, onDefect),
    // Payments to lines that another system keeps are that system's.
    startTopUp: notHere('payments'),
    findTopUp: async () => undefined,
    readTopUpTerms: notHere('payments'),
    listUnknownTopUps: async () => ({ items: [], next: null }),
    listUnknownRefunds: async () => ({ items: [], next: null }),
    listMissingReceipts: async () => ({ items: [], next: null }),
    putReceiptRight: notHere('payments'),
    receivePayment: notHere('payments'),
    findPayment: async () => undefined,
    listPayments: async () => ({ items: [], next: null }),
  }
}

async function findRemoteParty(client: RemoteClient, partyId: string): Promise<PartyIdentity | undefined> {
  const id = encodeURIComponent(partyId)
  const person = await client.read(`party/v4/individual/${id}`, Individual)
  if (person) return { id: partyId, kind: 'person', name: person.fullName }
  const company = await client.read(`party/v4/organization/${id}`, Organization)
  return company && { id: partyId, kind: 'company', name: company.name }
}
