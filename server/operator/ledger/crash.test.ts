import { chmod, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { killPostgres } from '../../../test/factories/kill-postgres.ts'
import { systemClock } from '../../platform/clock.ts'
import {
  type Connected,
  connectPool,
  databaseProblem,
  type Embedded,
  migrate,
  one,
  sql,
  startEmbedded,
} from '../../platform/database/index.ts'
import { newId } from '../../platform/identifiers.ts'
import { createLog } from '../../platform/telemetry/index.ts'
import {
  audit,
  openAccounts,
  postTransfer,
  readBalances,
  rollUp,
  sumSystemAccount,
  systemAccount,
} from './index.ts'

let folder: string
let server: Embedded
let connected: Connected
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'otklik-ledger-'))
  // PostgreSQL may have to run as somebody else.
  await chmod(folder, 0o711)
  // With the settings that the product ships with: what was answered must outlive the kill.
  server = await startEmbedded({ dataDir: path.join(folder, 'data'), log: createLog({ level: 'silent' }) })
  const { connectionString } = server
  await migrate(connectionString, { dir: path.join(import.meta.dirname, '../../migrations') })
  connected = connectPool({ connectionString, max: 8, applicationName: 'test' })
})
afterAll(async () => {
  await connected.close()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

/** Repeats until the database answers, as whoever holds a key does. */
async function untilAnswered<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (databaseProblem(error) === undefined) throw error
      await pause(20)
    }
  }
}

test('whenever PostgreSQL is killed, what was answered stands, and what is asked again moves once', async () => {
  const [payers, each] = [6, 60]
  const { db } = connected
  const fees = systemAccount('income:fee', 'kopecks')
  const payments = systemAccount('payments:test', 'kopecks')
  const accounts = Array.from({ length: payers }, () => newId(systemClock))
  await openAccounts(
    db,
    accounts.map((id) => ({ id, unit: 'kopecks', floor: 0, ownerId: id })),
  )
  let answered = 0
  const pay = async (from: string, to: string, amount: number, key: string) => {
    const legs = [
      { accountId: from, amount: -amount },
      { accountId: to, amount },
    ]
    const transfer = { scope: 'crash', key, kind: 'test', at: systemClock.now(), lineId: null, legs }
    await untilAnswered(() => postTransfer(db, transfer))
    answered++
  }
  const payer = async (account: string, place: number) => {
    await pay(payments, account, each * 3, `top-up ${place}`)
    for (let n = 0; n < each; n++) {
      await pay(account, n % 3 === 0 ? (accounts[(place + 1) % payers] ?? '') : fees, 3, `${place} ${n}`)
      if (n % 20 === 0) await untilAnswered(() => rollUp(db, systemClock))
    }
  }
  const paying = Promise.all(accounts.map(payer))
  for (const after of [60, 180, 300]) {
    await expect.poll(() => answered, { timeout: 60_000, interval: 5 }).toBeGreaterThanOrEqual(after)
    await killPostgres(server)
  }
  await paying

  const stored = sql<{ n: number }>`select count(*) as n from ledger.transfer`
  expect((await untilAnswered(() => one(db, stored))).n).toBe(payers * (each + 1))
  expect(await audit(db)).toMatchObject({ sound: true, differences: [] })
  // Each had three a payment, paid all of them, and got a third back from its neighbour.
  expect(await readBalances(db, accounts)).toEqual(new Map(accounts.map((id) => [id, each])))
  expect(await sumSystemAccount(db, payments)).toBe(-payers * each * 3)
  expect(await sumSystemAccount(db, fees)).toBe(payers * each * 2)
})
