import { randomBytes, randomUUID } from 'node:crypto'
import type { By, OperatorEvent } from '../../server/operator/edge/index.ts'
import { debitMoney, type LinesContext } from '../../server/operator/lines/index.ts'
import {
  DEFAULT_ORDER_RULES,
  type DealReversals,
  findOrder,
  type OrdersContext,
  type Till,
} from '../../server/operator/orders/index.ts'
import {
  askTopUp,
  createTill,
  createYooKassa,
  DEFAULT_PAYMENT_RULES,
  findTopUp,
  hearOfLines,
  type PaymentProvider,
  type PaymentsContext,
  serveCallbacks,
  startPayments,
  startTopUp,
  type TillContext,
} from '../../server/operator/payments/index.ts'
import { inTransaction } from '../../server/platform/database/index.ts'
import type { Loop } from '../../server/platform/loop.ts'
import { createOutgoing } from '../../server/platform/outgoing/index.ts'
import { Refusal } from '../../server/platform/refusal.ts'
import { createLog } from '../../server/platform/telemetry/index.ts'
import { openVault } from '../../server/platform/vault/index.ts'
import { demoShop, type World } from '../../world/index.ts'
import type { TestDatabase } from '../postgres/index.ts'
import { anApp } from './app.ts'
import { aRef, type LinesRoom } from './lines.ts'

/** No deal of the Market is known. */
export const NO_MARKET: DealReversals = {
  linesOf: async () => [],
  judgeReversal: async () => ({ conflicts: [{ conflict: 'unknown-deal', about: null }], effect: null }),
  reverse: async () => undefined,
}

/** Nobody takes payments. */
export const NO_TILL: Till = {
  judge: async () => {
    throw new Refusal('unavailable', { what: 'payments' })
  },
  open: async () => undefined,
  judgeRefund: async () => {
    throw new Refusal('unavailable', { what: 'payments' })
  },
  openRefund: async () => undefined,
  hasMethod: async () => false,
  forgetMethod: async () => undefined,
}

export const CALLBACK_KEY = 'a-callback-key-of-the-test-0000'
const RULE = { belowKopecks: 20_000, monthlyMaxKopecks: 200_000, consent: 'Согласна на автоплатежи' }

export const aPayer = (more: Partial<By> = {}): By => ({
  kind: 'subscriber',
  id: randomUUID(),
  name: 'Анна Орлова',
  through: 'my',
  trust: 4,
  lineRole: 'owner',
  fresh: false,
  roles: [],
  ...more,
})

export interface PaymentsRoom {
  readonly payments: PaymentsContext
  readonly lines: LinesContext
  readonly loop: Loop
  /** The address of callbacks, without its key. */
  readonly callbackUrl: string
  /** What became of callbacks. */
  readonly counts: string[]
  start(
    lineId: string,
    amountKopecks: number,
    by?: By,
    id?: string,
    receiptTo?: string,
  ): ReturnType<typeof startTopUp>
  /** A payment whose method is saved for the line's rule: below 200 ₽ it charges as much again. */
  startAutomatic(lineId: string, amountKopecks: number): ReturnType<typeof startTopUp>
  stateOf(id: string): Promise<string | undefined>
  orderOf(id: string): Promise<string | undefined>
  spend(lineId: string, kopecks: number): Promise<boolean>
  /** How the provider names a payment. */
  providerId(id: string): string
  /** Lets so much time pass, and the loop work. */
  pass(ms: number): Promise<void>
  end(): Promise<void>
}

/** The room of payments over a room of lines, with its callbacks on a port; the provider is the outside world's. */
export async function aPaymentsRoom(
  { db }: TestDatabase,
  room: LinesRoom,
  world: World,
  {
    provider,
    trust = [],
    receipts,
  }: { provider?: PaymentProvider; trust?: readonly string[]; receipts?: { vatCode: number } } = {},
): Promise<PaymentsRoom> {
  const { clock } = room
  const outgoing = createOutgoing({ allowPrivate: [world.url, ...trust], clock })
  const announce = async (...[tx, event]: Parameters<LinesContext['announce']>) => {
    await hearOfLines(tx, till, event)
    await room.lines.announce(tx, event)
  }
  const lines: LinesContext = {
    ...room.lines,
    announce,
    askTopUp: (tx, wanted) => askTopUp(tx, till, wanted),
  }
  let loop: Loop | undefined
  const till: TillContext = {
    clock,
    lines,
    rules: DEFAULT_PAYMENT_RULES,
    provider:
      provider ??
      createYooKassa(outgoing, {
        ...demoShop,
        url: world.yookassa.url(),
        callbackKey: CALLBACK_KEY,
        receipts,
      }),
    wake: () => loop?.wake(),
  }
  const log = createLog({ level: 'silent' })
  const orders: OrdersContext = {
    clock,
    log,
    announce,
    lines,
    rules: DEFAULT_ORDER_RULES,
    till: createTill(till),
    market: NO_MARKET,
  }
  const counts: string[] = []
  const payments: PaymentsContext = {
    ...till,
    log,
    vault: await openVault({ key: randomBytes(32).toString('base64'), dataDir: '' }),
    announce,
    orders,
    publicUrl: 'https://my.example',
    count: (outcome) => void counts.push(outcome),
    random: () => 0.5,
  }
  const app = anApp()
  await serveCallbacks(app, db, payments)
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const callbackUrl = `${url}/payments/${till.provider?.name}/webhook`
  world.yookassa.notify(`${callbackUrl}?key=${CALLBACK_KEY}`)
  const working = startPayments(db, payments)
  loop = working
  const start: PaymentsRoom['start'] = (lineId, amountKopecks, by = aPayer(), id = randomUUID(), receiptTo) =>
    startTopUp(db, payments, by, { id, lineId, amountKopecks, receiptTo })
  return {
    payments,
    lines,
    loop: working,
    callbackUrl,
    counts,
    start,
    startAutomatic: (lineId, amountKopecks) =>
      startTopUp(db, payments, aPayer(), { id: randomUUID(), lineId, amountKopecks, automatic: RULE }),
    stateOf: async (id) => (await findTopUp(db, id))?.state,
    orderOf: async (id) => (await findOrder(db, id))?.state,
    spend: (lineId, kopecks) =>
      inTransaction(db, (tx) =>
        debitMoney(tx, lines, {
          lineId,
          ref: aRef(),
          kopecks,
          to: 'income:usage',
          category: 'usage',
          title: { ru: 'Звонок', en: 'Call' },
        }),
      ),
    providerId: (id) => {
      const found = world.yookassa.payments().find(({ metadata }) => metadata?.payment_id === id)
      if (!found) throw new Error(`the provider has no payment ${id}`)
      return found.id
    },
    pass: async (ms) => {
      clock.advance(ms)
      await working.drain()
    },
    end: async () => {
      world.yookassa.notify(undefined)
      await working.stop()
      app.server.closeAllConnections()
      await app.close()
      await outgoing.close()
    },
  }
}

/** Names of the notices among what was announced. */
export const noticesIn = (events: readonly OperatorEvent[]): string[] =>
  events.flatMap((event) => (event.kind === 'line-notice' ? [event.notice] : []))
