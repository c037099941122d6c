/**
 * Connections that move money: through the ledger as the product does, or through a TPC-B-like bank. Answers `open`, then `run` as
 * often as asked, and `settle`.
 */
import { randomInt } from 'node:crypto'
import pg from 'pg'
import { postTransfer, rollUp, systemAccount } from '../../server/operator/ledger/index.ts'
import { systemClock } from '../../server/platform/clock.ts'
import { connectPool } from '../../server/platform/database/index.ts'
import { newId } from '../../server/platform/identifiers.ts'
import { startLoop } from '../../server/platform/loop.ts'
import { answerParent } from '../harness/answer.ts'
import { percentile } from '../harness/http-load.ts'
import { BRANCHES, ledgerAccount } from '../harness/ledger-tables.ts'

/** `ledger`: one round trip a transfer. `bank`: seven. `function`: the bank's five statements in one. */
export type Variant = 'ledger' | 'bank' | 'function'

export interface TransfersPlace {
  readonly variant: Variant
  readonly databaseUrl: string
  readonly connections: number
  readonly accounts: number
}

export interface TransfersDone {
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  readonly done: number
}

interface Payer {
  /** Moves money once. */
  pay(): Promise<unknown>
  /** Does what is left to do beside the transfers. */
  settle(): Promise<void>
  close(): Promise<void>
}

const FEES_PERCENT = 30
const ROLL_UP_MS = 1_000
const FEES = ['income:tariff', 'income:option', 'income:usage', 'income:fee'].map((name) =>
  systemAccount(name, 'kopecks'),
)

const anAmount = () => 1 + randomInt(10_000)

/** The accounts and the memo of the next transfer: a fee to the operator or money to another subscriber. */
function aTransfer(accounts: number) {
  const from = 1 + randomInt(accounts)
  const fee = randomInt(100) < FEES_PERCENT
  const to = fee
    ? (FEES[randomInt(FEES.length)] ?? '')
    : ledgerAccount(1 + ((from + randomInt(accounts - 1)) % accounts))
  return {
    from: ledgerAccount(from),
    to,
    kind: fee ? 'fee' : 'transfer',
    memo: fee ? { category: 'fee' } : undefined,
  }
}

/** The product's own way, with its roll-up beside it. One connection more than pays is the roll-up's. */
function openLedger({ databaseUrl, connections, accounts }: TransfersPlace): Payer {
  const pool = (max: number) => connectPool({ connectionString: databaseUrl, max, applicationName: 'bench' })
  const [payers, summer] = [pool(connections), pool(1)]
  const loop = startLoop({
    work: async () => {
      await rollUp(summer.db, systemClock)
      return 0
    },
    pollMs: ROLL_UP_MS,
    onError: (error) => console.error(error),
  })
  return {
    pay: () => {
      const { from, to, kind, memo } = aTransfer(accounts)
      const amount = anAmount()
      const legs = [
        { accountId: from, amount: -amount },
        { accountId: to, amount },
      ]
      const at = systemClock.now()
      return postTransfer(payers.db, {
        scope: 'bench',
        key: newId(systemClock),
        kind,
        at,
        lineId: from,
        legs,
        memo,
      })
    },
    settle: () => loop.drain(),
    close: async () => {
      await loop.stop()
      await Promise.all([payers.close(), summer.close()])
    },
  }
}

function aPayment(accounts: number): number[] {
  const branch = 1 + randomInt(BRANCHES)
  return [1 + randomInt(accounts), 10 * (branch - 1) + 1 + randomInt(10), branch, randomInt(10_000) - 5_000]
}

/** Prepared statements of the driver itself, nothing above it. */
function openBank({ databaseUrl, connections, accounts, variant }: TransfersPlace): Payer {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: connections })
  const pay = variant === 'bank' ? payInSevenTrips : payInOneTrip
  return {
    pay: async () => {
      const client = await pool.connect()
      try {
        await pay(client, aPayment(accounts))
      } finally {
        client.release()
      }
    },
    settle: async () => undefined,
    close: () => pool.end(),
  }
}

async function payInSevenTrips(client: pg.PoolClient, [account, teller, branch, delta]: number[]) {
  const ask = (name: string, text: string, values: unknown[] = []) => client.query({ name, text, values })
  await ask('begin', 'begin')
  await ask('account', 'update bank.account set balance = balance + $1 where id = $2', [delta, account])
  await ask('balance', 'select balance from bank.account where id = $1', [account])
  await ask('teller', 'update bank.teller set balance = balance + $1 where id = $2', [delta, teller])
  await ask('branch', 'update bank.branch set balance = balance + $1 where id = $2', [delta, branch])
  await ask(
    'history',
    'insert into bank.history (teller, branch, account, delta, at) values ($1, $2, $3, $4, current_timestamp)',
    [teller, branch, account, delta],
  )
  await ask('commit', 'commit')
}

async function payInOneTrip(client: pg.PoolClient, payment: number[]) {
  await client.query({ name: 'pay', text: 'select bank.pay($1, $2, $3, $4)', values: payment })
}

/** Every connection pays again and again until the time is over. */
async function runFor(payer: Payer, connections: number, seconds: number): Promise<TransfersDone> {
  const from = performance.now()
  const latencies: number[] = []
  const connection = async () => {
    while (performance.now() < from + seconds * 1000) {
      const sentAt = performance.now()
      await payer.pay()
      latencies.push(performance.now() - sentAt)
    }
  }
  await Promise.all(Array.from({ length: connections }, connection))
  const took = (performance.now() - from) / 1000
  latencies.sort((a, b) => a - b)
  const done = latencies.length
  return { perSecond: done / took, p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99), done }
}

let opened: { readonly payer: Payer; readonly connections: number } | undefined

function payers() {
  if (!opened) throw new Error('open first')
  return opened
}

answerParent(
  {
    open: (place: TransfersPlace) => {
      const payer = place.variant === 'ledger' ? openLedger(place) : openBank(place)
      opened = { payer, connections: place.connections }
    },
    run: (seconds: number) => runFor(payers().payer, payers().connections, seconds),
    settle: () => payers().payer.settle(),
  },
  async () => opened?.payer.close(),
)
