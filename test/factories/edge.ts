import { randomUUID } from 'node:crypto'
import type { LineRole } from '../../contracts/lines.ts'
import { type LineIdentity, type OperatorEdge, writeLine } from '../../server/operator/edge/index.ts'

type Read = NonNullable<Awaited<ReturnType<OperatorEdge['readLine']>>>['value']
type Services = NonNullable<Awaited<ReturnType<OperatorEdge['readServices']>>>['value']
type Person = LineIdentity['people'][number]

interface KeptLine {
  id: string
  msisdn: string
  state: LineIdentity['state']
  blockedFor: Read['blockedFor']
  people: Person[]
  balanceKopecks: number
  services: Services
}

/** The lines of a made-up operator, kept in memory: the reads that the app's side of the house asks for. */
export interface TestEdge extends OperatorEdge {
  readonly lines: KeptLine[]
  /** Whether its lines are at hand; at first they are not. */
  readonly hand: { full: boolean }
  /** A new line of these people; by default of one new person. */
  aLine(line?: { people?: readonly Person[]; msisdn?: string }): KeptLine
}

let numbers = 0
export const aNumber = (): string => `7901${String(1_000_000 + ++numbers)}`

export const aPerson = (role: LineRole = 'owner', name = 'Анна Петрова'): Person => ({
  partyId: `party-${randomUUID()}`,
  name,
  role,
})

const TARIFF = {
  id: randomUUID(),
  terms: {
    kind: 'tariff',
    code: 'simple',
    title: { ru: 'Простой', en: 'Simple' },
    summary: { ru: '', en: '' },
    validFrom: null,
    validTo: null,
    archived: false,
    feeKopecks: 40_000,
    period: 'month',
    packages: [],
    carriesOver: false,
    rates: [],
    regions: [],
  },
} satisfies Read['tariff']

const NO_SERVICES: Services = { options: [], content: [], contentBanned: false, discounts: [], available: [] }

export function aTestEdge(): TestEdge {
  const lines: KeptLine[] = []
  const hand = { full: false }
  const unasked = async () => {
    throw new Error('no test of this side asks for it')
  }
  const read = (line: KeptLine): Read => ({
    id: line.id,
    msisdn: line.msisdn,
    state: line.state,
    blockedFor: line.blockedFor,
    region: 'MOW',
    timeZone: 'Europe/Moscow',
    tariff: TARIFF,
    nextTariff: null,
    balanceKopecks: line.balanceKopecks,
    heldKopecks: 0,
    buckets: [
      { id: randomUUID(), type: 'data', source: 'tariff', title: null, left: 5, total: 10, expiresAt: null },
    ],
    coming: [],
    moneyEndsAt: null,
    promised: null,
    contentBanned: false,
  })
  const find = (id: string) => lines.find((line) => line.id === id)
  return {
    lines,
    hand,
    aLine: ({ people = [aPerson()], msisdn = aNumber() } = {}) => {
      const line: KeptLine = {
        id: randomUUID(),
        msisdn,
        state: 'active',
        blockedFor: null,
        people: [...people],
        balanceKopecks: 12_345,
        services: NO_SERVICES,
      }
      lines.push(line)
      return line
    },
    findLineByMsisdn: async (_, msisdn) =>
      lines.find((line) => line.msisdn === msisdn && line.state !== 'ended'),
    findLine: async (_, id) => find(id),
    findParty: async (_, partyId) => {
      const person = lines.flatMap(({ people }) => people).find((one) => one.partyId === partyId)
      return person && { id: partyId, kind: 'person', name: person.name }
    },
    linesOfParty: async (_, partyId) =>
      lines.flatMap(({ id, msisdn, state, people }) =>
        people
          .filter((one) => one.partyId === partyId && state !== 'ended')
          .map(({ role }) => ({ id, msisdn, role, state, title: null })),
      ),
    exportParty: async () => [],
    eraseParty: async () => ({}),
    readLine: async (_, id) => {
      const line = find(id)
      return line && { value: read(line), asOf: new Date() }
    },
    readLineFor: async (_, id, partyId) => {
      const line = find(id)
      const mine = line?.people.find((one) => one.partyId === partyId)
      return line && mine && { value: writeLine(read(line)), asOf: new Date(), role: mine.role }
    },
    lineInMemory: () => undefined,
    linesAtHand: async (_, ids) =>
      new Map(
        (hand.full ? lines : [])
          .filter(({ id }) => ids.includes(id))
          .map((line) => [line.id, { value: writeLine(read(line)), asOf: new Date(), people: line.people }]),
      ),
    readServices: async (_, id) => {
      const line = find(id)
      return line && { value: line.services, asOf: new Date() }
    },
    readSettings: unasked,
    summariseCharges: unasked,
    listCharges: unasked,
    listUsage: unasked,
    compareTariffs: unasked,
    setCodeWord: unasked,
    lineOfCodeWord: unasked,
    previewOrder: unasked,
    placeOrder: unasked,
    undoOrder: unasked,
    decideOrder: unasked,
    findOrder: unasked,
    listOrders: unasked,
    listOrdersToApprove: unasked,
    countOrdersToApprove: unasked,
    listAccessOffers: async () => [],
    answerAccessOffer: unasked,
    startTopUp: unasked,
    findTopUp: unasked,
    readTopUpTerms: unasked,
    listUnknownTopUps: unasked,
    listUnknownRefunds: unasked,
    listMissingReceipts: unasked,
    putReceiptRight: unasked,
    receivePayment: unasked,
    walkLines: unasked,
    renameParty: unasked,
    listUnknownOrders: unasked,
    walkParties: unasked,
    walkOrders: unasked,
    walkPayments: unasked,
    findPayment: unasked,
    listPayments: unasked,
  }
}
