import type { z } from 'zod'
import type {
  ChargeCategory,
  ChargeItem,
  ChargeSummary,
  Line,
  LineRef,
  LineServices,
  LineSettings,
  TariffComparison,
  UsageRecord,
} from '../../../contracts/lines.ts'
import type { MarketOnTimeline } from '../../../contracts/market.ts'
import type {
  AccessOffer,
  Order,
  OrderPreview,
  OrderRequest,
  OrderToApprove,
  UnknownOrder,
} from '../../../contracts/orders.ts'
import type { MissingReceipt, payments, Refund, TopUp, TopUpTerms } from '../../../contracts/payments.ts'
import type { Db, Executor } from '../../platform/database/index.ts'
import type { Written } from '../../platform/http/index.ts'
import type { Holding } from '../../platform/kept/index.ts'
import type { Page } from '../../platform/pages.ts'
import type { Aged, By } from './outcome.ts'

/** Which page of a list: `after` is the `next` of the page before. */
export interface PageAsk {
  readonly after?: string | undefined
  readonly limit: number
}

export interface OrderAsk {
  /** Made by the sender: a repeat is done once. */
  readonly id: string
  readonly lineId: string
  readonly request: OrderRequest
  /** Of the preview that the person saw; another one now is refused with `conflict`. */
  readonly digest?: string | undefined
}

/** Money that somebody wants to bring to a line from outside. */
export interface TopUpAsk {
  /** Made by the sender, the order's too: a repeat is begun once. */
  readonly id: string
  readonly lineId: string
  readonly amountKopecks: number
  /** What it is paid with is charged by itself from then on, by the owner's consent. */
  readonly automatic?: Extract<OrderRequest, { kind: 'top-up' }>['automatic']
  /** The e-mail address that the fiscal receipt goes to; absent: the line's number. */
  readonly receiptTo?: string | undefined
}

/** How another system tells of money that it has received for a line. */
export interface Received {
  /** What it calls the payment; null: nothing. */
  readonly reference: string | null
  /** What the bank or the till calls it. */
  readonly authorization: string | null
  /** In its own words: `cash`, `bankCard`; null: destroyed with the person. */
  readonly method: string | null
  readonly channel: string | null
}

/** Money that was paid in elsewhere: in a shop, at a till, by a bank. */
export interface ReceivedAsk {
  /** Made by the sender, the order's too: a repeat is credited once. */
  readonly id: string
  readonly lineId: string
  readonly amountKopecks: number
  readonly received: Received & { readonly method: string }
}

/** A payment as other systems look at it. */
export interface PaymentRecord extends TopUp {
  /** Who took the money: a provider's name, or `service:ID` of the system that told of it. */
  readonly provider: string
  /** The provider's name for it. */
  readonly providerId: string | null
  /** Null: it was made through us. */
  readonly received: Received | null
}

/** A payment of which nobody knows what became. */
export type UnknownTopUp = z.output<typeof payments.listUnknownTopUps.response>['items'][number]

export type { UnknownOrder }

/** A line as others refer to it; who holds it and who may use it. */
export interface LineIdentity {
  readonly id: string
  readonly msisdn: string
  readonly state: z.infer<typeof Line>['state']
  /** People of the line now: party id, name, role. The owner comes first. */
  readonly people: readonly {
    readonly partyId: string
    readonly name: string
    readonly role: LineRef['role']
    /** Since when they have it; absent: it is not known here. */
    readonly since?: Date | undefined
  }[]
}

/** A line at a glance, whoever asks and whenever. */
export type LineView = Omit<Line, 'asOf' | 'role'>

/** One list of what is kept of somebody, for them: its name, and its rows page by page. */
export interface DataList {
  readonly name: string
  readonly pages: AsyncIterable<readonly unknown[]>
}

/** Who holds or uses lines, as the operator's books have them. */
export interface PartyIdentity {
  readonly id: string
  readonly kind: 'person' | 'company'
  readonly name: string
}

/** A line at a glance, written (`writeLine`), with its people now; the highest role of somebody who has several comes first. */
export interface LineAtHand extends Aged<Written<LineView>> {
  readonly people: readonly { readonly partyId: string; readonly role: LineRef['role'] }[]
}

/**
 * The narrow port to whatever keeps the lines: our own reference implementation on PostgreSQL, or a remote billing system.
 *
 * - Reads carry their age. A line that nobody knows is `undefined`; a system that is away and has never told refuses with `unavailable`.
 * - Every act is an order: done | pending | refused | unknown stand in its state. An order that was given away and not answered is
 *   `pending`; one whose fate nobody knows is `unknown` and is shown to a person.
 * - `db` is the caller's executor: the reference implementation joins its transaction.
 */
export interface OperatorEdge {
  /** The line that has the number now. Numbers are recycled: an ended line is not found by it. */
  findLineByMsisdn(db: Executor, msisdn: string): Promise<LineIdentity | undefined>
  findLine(db: Executor, lineId: string): Promise<LineIdentity | undefined>
  /** Undefined: nobody knows it, or its data was destroyed. */
  findParty(db: Executor, partyId: string): Promise<PartyIdentity | undefined>
  /** Gives whether it had another name before. Refuses with `not_found`, `unavailable` (others keep the books). */
  renameParty(tx: Executor, partyId: string, name: string): Promise<boolean>
  /** Lines on which the party has a role now, own ones first. */
  linesOfParty(db: Executor, partyId: string): Promise<LineRef[]>

  /**
   * What the books hold of a party, for the party: its lines, usage, charges, payments.
   * @param callDetails whom it called and wrote to, and when; secret of communication, for the party alone after a fresh code. Else sums by month
   */
  exportParty(db: Executor, partyId: string, ask: { readonly callDetails: boolean }): Promise<DataList[]>
  /**
   * Destroys what the books say about a party in words, names and numbers; entries, charges and proofs stay, and what a line that
   * lives on needs. Before the hall's lanes are locked. Gives how many of what.
   */
  eraseParty(tx: Executor, partyId: string): Promise<Readonly<Record<string, number>>>
  /** All lines, ended ones too, in the order of their ids: for systems that may have lists of everybody. */
  walkLines(db: Executor, ask: PageAsk): Promise<Page<LineIdentity>>
  /** All parties of a kind, in the order of their ids; those whose data was destroyed left out. */
  walkParties(db: Executor, kind: PartyIdentity['kind'], ask: PageAsk): Promise<Page<PartyIdentity>>
  /** All orders, oldest first. */
  walkOrders(db: Executor, ask: PageAsk): Promise<Page<Order>>
  /** All payments, oldest first. */
  walkPayments(db: Executor, ask: PageAsk): Promise<Page<PaymentRecord>>

  /** `role` of the answer is null. */
  readLine(db: Executor, lineId: string): Promise<Aged<LineView> | undefined>
  /**
   * The same for one of the line's people, written already (`writeLine`), with their role on it now; undefined also for somebody who is none
   * of them.
   */
  readLineFor(
    db: Executor,
    lineId: string,
    partyId: string,
  ): Promise<(Aged<Written<LineView>> & { readonly role: LineRef['role'] }) | undefined>
  /**
   * Of these lines those that are at hand, by id: what `readLineFor` would say, as far as nothing has to be made for it; maybe none. In a
   * statement or two, so that it can travel beside another reading, before it is known who asks: tell it to its people alone.
   */
  linesAtHand(db: Executor, lineIds: readonly string[]): Promise<ReadonlyMap<string, LineAtHand>>
  /** What this process keeps of a line in memory (`platform/kept`); maybe nothing. Tell it to its people alone. */
  lineInMemory(lineId: string): Holding<Pick<LineAtHand, 'people' | 'value'>> | undefined
  readServices(db: Executor, lineId: string): Promise<Aged<Omit<LineServices, 'asOf'>> | undefined>
  readSettings(db: Executor, lineId: string): Promise<Aged<Omit<LineSettings, 'asOf'>> | undefined>
  summariseCharges(
    db: Executor,
    lineId: string,
    month: string,
  ): Promise<Aged<Omit<ChargeSummary, 'asOf'>> | undefined>
  listCharges(
    db: Executor,
    lineId: string,
    ask: PageAsk & { month?: string | undefined; category?: ChargeCategory | undefined },
  ): Promise<Page<ChargeItem>>
  listUsage(
    db: Executor,
    lineId: string,
    ask: PageAsk & { month: string; day?: number | undefined; type?: UsageRecord['type'] | undefined },
  ): Promise<Page<UsageRecord>>
  compareTariffs(db: Executor, lineId: string): Promise<TariffComparison | undefined>

  /** Refuses with `not_found`, `order_refused` (line-state). */
  setCodeWord(db: Executor, lineId: string, word: string): Promise<void>
  /** The line that has the number, if the word is its code word. Takes as long where there is no such line or word. */
  lineOfCodeWord(db: Executor, msisdn: string, word: string): Promise<string | undefined>

  previewOrder(db: Executor, by: By, lineId: string, request: OrderRequest): Promise<OrderPreview>
  /** Refuses with `order_refused` (conflicts), `conflict` (effects changed), `forbidden`, `idempotency_key_reused`. */
  placeOrder(db: Executor, by: By, ask: OrderAsk): Promise<Order>
  undoOrder(db: Executor, by: By, orderId: string): Promise<Order>
  /** `words` = why. Refuses with `not_found`, `forbidden` (one's own), `conflict` (decided already), `order_refused`. */
  decideOrder(db: Executor, by: By, orderId: string, approve: boolean, words: string | null): Promise<Order>
  findOrder(db: Executor, orderId: string): Promise<Order | undefined>
  listOrders(db: Executor, lineId: string, ask: PageAsk): Promise<Page<Order>>
  /** Oldest first; numbers in the clear. */
  listOrdersToApprove(db: Executor, by: By, ask: PageAsk): Promise<Page<OrderToApprove>>
  /** Orders of which nobody knows what became, oldest first; top-ups are among the payments. */
  listUnknownOrders(db: Executor, ask: PageAsk): Promise<Page<UnknownOrder>>
  /** Lines whose owners want to let a party see them, asked for by a number that the party has; the lines' numbers in the clear. */
  listAccessOffers(db: Executor, partyId: string): Promise<AccessOffer[]>
  /**
   * The party's word on one of these (`by.partyId`). Repeating it changes nothing. Refuses with `not_found` (also what others were asked),
   * `order_refused` (line-state), `unavailable`.
   */
  answerAccessOffer(db: Db, by: By, orderId: string, accept: boolean): Promise<void>
  /** Those that somebody else asked for; counted up to 1000. */
  countOrdersToApprove(db: Executor, by: By): Promise<number>

  /**
   * Begins a payment to a line: an order of the kind `top-up` that is pending until the payment is settled. Tells where the person pays
   * as soon as the provider has said it. Refuses with `order_refused` (limits), `forbidden`, `idempotency_key_reused`, `unavailable`.
   */
  startTopUp(db: Executor, by: By, ask: TopUpAsk): Promise<TopUp>
  findTopUp(db: Executor, id: string): Promise<TopUp | undefined>
  readTopUpTerms(db: Executor, lineId: string): Promise<TopUpTerms | undefined>
  listUnknownTopUps(db: Executor, ask: PageAsk): Promise<Page<UnknownTopUp>>
  listUnknownRefunds(db: Executor, ask: PageAsk): Promise<Page<Refund>>
  /** Payments whose fiscal receipt nobody has registered, oldest first; where it was to go in the clear. */
  listMissingReceipts(db: Executor, ask: PageAsk): Promise<Page<MissingReceipt>>
  /**
   * Notes that a person issued such a receipt elsewhere (`how`: its number, where); `note` keeps for the audit what was changed, in the same
   * transaction. Refuses with `not_found`, `conflict` (the receipt is not missing), `unavailable`.
   */
  putReceiptRight(
    db: Db,
    righted: { readonly id: string; readonly how: string; readonly by: string },
    note: (tx: Executor) => Promise<void>,
  ): Promise<TopUp>

  /**
   * Credits what another system has received: an order that is done at once, whatever the limits of topping up: the money is there.
   * Refuses with `not_found` (line), `order_refused` (line-state), `idempotency_key_reused` (another payment of that id), `unavailable`.
   */
  receivePayment(db: Executor, by: By, ask: ReceivedAsk): Promise<PaymentRecord>
  findPayment(db: Executor, id: string): Promise<PaymentRecord | undefined>
  /** Payments of a line, newest first; with `payerId`, those that this person began. */
  listPayments(
    db: Executor,
    lineId: string,
    ask: PageAsk & { payerId?: string | undefined },
  ): Promise<Page<PaymentRecord>>
}

/** An order changed its state, or was placed; told inside the transaction that made it true. */
export interface OrderChanged {
  readonly kind: 'order-changed'
  readonly order: Order
}
/** Balance, buckets or settings of lines changed: screens look again. Carries nothing else. */
export interface LinesChanged {
  readonly kind: 'lines-changed'
  readonly lineIds: readonly string[]
}
/** A line ended or changed hands: proofs and trusted devices that rest on it end. */
export interface LineEnded {
  readonly kind: 'line-ended'
  readonly lineId: string
  readonly msisdn: string
}
/** People of a line changed. */
export interface LinePeopleChanged {
  readonly kind: 'line-people-changed'
  readonly lineId: string
}
/** The person should hear of it by SMS or push: a block, a fee that the balance did not cover, 80 % of a package. */
export interface LineNotice {
  readonly kind: 'line-notice'
  readonly lineId: string
  readonly msisdn: string
  readonly notice: string
  readonly facts: Readonly<Record<string, string | number>>
  /** Where somebody asked for it and has its answer. */
  readonly askedFrom?: string | undefined
}
/** Volume that was set aside is the line's own again, or went with the package that it was of: whoever had it set aside has it no more. */
export interface VolumeReleased {
  readonly kind: 'volume-released'
  readonly lineId: string
  readonly type: 'data' | 'voice' | 'sms'
  readonly why: 'period-end' | 'tariff-change' | 'line-blocked' | 'line-ended' | 'holder-changed'
  readonly at: Date
}
/** The Market: something was bought, sold, came back or was taken back; stands on the lines' timelines. */
export interface MarketHappened {
  readonly kind: 'market-happened'
  readonly happenings: readonly {
    readonly lineId: string
    /** What the event is called, once a lane: a repeat changes nothing. */
    readonly name: string
    readonly what: MarketOnTimeline
  }[]
}
/** The book of these sizes is another one now. */
export interface BookChanged {
  readonly kind: 'book-changed'
  readonly sizes: readonly { readonly type: 'data' | 'voice' | 'sms'; readonly units: number }[]
}
export type OperatorEvent =
  | OrderChanged
  | LinesChanged
  | LineEnded
  | LinePeopleChanged
  | LineNotice
  | VolumeReleased
  | MarketHappened
  | BookChanged
export type AnnounceOperator = (tx: Executor, event: OperatorEvent) => Promise<void>
