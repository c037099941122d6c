import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { manualClock } from '../../platform/clock.ts'
import { inTransaction, one, rows, sql } from '../../platform/database/index.ts'
import { newId } from '../../platform/identifiers.ts'
import {
  audit,
  closeAccounts,
  type NewAccount,
  openAccounts,
  postTransfer,
  postTransfers,
  readBalances,
  readMovements,
  rollUp,
  setFloor,
  sumSystemAccount,
  systemAccount,
  type Transfer,
} from './index.ts'

const clock = manualClock('2026-11-24T09:00:00Z')
const payments = systemAccount('payments:test', 'kopecks')
const fees = systemAccount('income:fee', 'kopecks')
const network = systemAccount('network', 'bytes')

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(async () => {
  expect(await audit(database.db)).toMatchObject({ sound: true, differences: [] })
  await database.drop()
})

type Legs = readonly (readonly [accountId: string, amount: number])[]

const aTransfer = (legs: Legs, more: Partial<Transfer> = {}): Transfer => ({
  scope: 'test',
  key: randomUUID(),
  kind: 'test',
  at: clock.now(),
  lineId: null,
  legs: legs.map(([accountId, amount]) => ({ accountId, amount })),
  ...more,
})
const post = (legs: Legs, more?: Partial<Transfer>) => postTransfer(database.db, aTransfer(legs, more))

async function anAccount(balance = 0, more: Partial<NewAccount> = {}): Promise<string> {
  const id = newId(clock)
  const account: NewAccount = { id, unit: 'kopecks', floor: 0, ownerId: newId(clock), ...more }
  await openAccounts(database.db, [account])
  const source = account.unit === 'kopecks' ? payments : systemAccount('network', account.unit)
  if (balance !== 0) {
    await post([
      [source, -balance],
      [id, balance],
    ])
  }
  return id
}
const balancesOf = async (...ids: string[]) => {
  const balances = await readBalances(database.db, ids)
  return ids.map((id) => balances.get(id))
}
const entriesOf = async (transferId: string) => {
  const found = sql<{ n: number }>`select count(*) as n from ledger.entry where transfer_id = ${transferId}`
  return (await one(database.db, found)).n
}

describe('a transfer', () => {
  test('moves what it says, in several units at once', async () => {
    const [cash, data] = [await anAccount(50_000), await anAccount(0, { unit: 'bytes' })]
    const { transferId, replayed } = await post([
      [cash, -30_000],
      [fees, 30_000],
      [network, -1_000_000],
      [data, 1_000_000],
    ])
    expect(replayed).toBe(false)
    expect(await balancesOf(cash, data)).toEqual([20_000, 1_000_000])
    expect(await entriesOf(transferId)).toBe(4)
  })

  test('that is repeated changes nothing, whatever the time and the order of its legs', async () => {
    const [from, to] = [await anAccount(500), await anAccount()]
    const transfer = aTransfer(
      [
        [from, -200],
        [to, 200],
      ],
      { memo: { code: 'a', facts: { x: 1, y: 2 } } },
    )
    const first = await postTransfer(database.db, transfer)
    clock.advance(1_000)
    const again = {
      ...transfer,
      at: clock.now(),
      legs: transfer.legs.toReversed(),
      memo: { facts: { y: 2, x: 1 }, code: 'a' },
    }
    expect(await postTransfer(database.db, again)).toEqual({ ...first, replayed: true })
    expect(await balancesOf(from, to)).toEqual([300, 200])
  })

  test('that is repeated is not asked for its money again', async () => {
    const [from, to] = [await anAccount(500), await anAccount()]
    const transfer = aTransfer([
      [from, -500],
      [to, 500],
    ])
    await postTransfer(database.db, transfer)
    expect(await postTransfer(database.db, transfer)).toMatchObject({ replayed: true })
  })

  test('with the key of another one is refused; another scope is another key', async () => {
    const [from, to] = [await anAccount(500), await anAccount()]
    const transfer = aTransfer([
      [from, -100],
      [to, 100],
    ])
    await postTransfer(database.db, transfer)
    const others: Partial<Transfer>[] = [
      { kind: 'other' },
      { lineId: newId(clock) },
      { memo: { code: 'x' } },
      { legs: transfer.legs.map((leg) => ({ ...leg, amount: leg.amount * 2 })) },
    ]
    for (const other of others) {
      await expect(postTransfer(database.db, { ...transfer, ...other })).rejects.toMatchObject({
        code: 'idempotency_key_reused',
      })
    }
    expect(await postTransfer(database.db, { ...transfer, scope: 'other' })).toMatchObject({
      replayed: false,
    })
    expect(await balancesOf(from, to)).toEqual([300, 200])
  })

  test('below the floor is refused, says by how much, and leaves nothing', async () => {
    const [from, to] = [await anAccount(500), await anAccount()]
    const transfer = aTransfer([
      [to, 501],
      [from, -501],
    ])
    await expect(postTransfer(database.db, transfer)).rejects.toMatchObject({
      code: 'insufficient_balance',
      facts: { accountId: from, unit: 'kopecks', lacking: 1 },
    })
    expect(await balancesOf(from, to)).toEqual([500, 0])
    await post([
      [payments, -1],
      [from, 1],
    ])
    expect(await postTransfer(database.db, transfer)).toMatchObject({ replayed: false })
  })

  test('may go down to a floor below zero and not further', async () => {
    const [from, to] = [await anAccount(0, { floor: -300 }), await anAccount()]
    await post([
      [from, -300],
      [to, 300],
    ])
    const more: Legs = [
      [from, -1],
      [to, 1],
    ]
    await expect(post(more)).rejects.toMatchObject({ code: 'insufficient_balance' })
  })

  test('that does not sum to zero in each unit is a defect', async () => {
    const [cash, data] = [await anAccount(500), await anAccount(500, { unit: 'bytes' })]
    const unbalanced: Legs[] = [
      [
        [cash, -100],
        [fees, 99],
      ],
      [
        [cash, -100],
        [network, 100],
      ],
      [
        [cash, 100],
        [data, -100],
      ],
    ]
    for (const legs of unbalanced)
      await expect(post(legs)).rejects.toMatchObject({ constraint: 'transfer_balanced' })
    expect(await balancesOf(cash, data)).toEqual([500, 500])
  })

  test('of an account that nobody opened is a defect', async () => {
    const [from, stranger] = [await anAccount(500), newId(clock)]
    const legs: Legs = [
      [from, -100],
      [stranger, 100],
    ]
    await expect(post(legs)).rejects.toThrow(`there is no open account ${stranger}`)
  })

  test('that no ledger would take is a defect before it is sent', async () => {
    const [one, two] = [await anAccount(500), await anAccount()]
    const impossible: Legs[] = [
      [],
      [[one, 100]],
      [
        [one, 0],
        [two, 0],
      ],
      [
        [one, 0.5],
        [two, -0.5],
      ],
      [
        [one, 2 ** 53],
        [two, -(2 ** 53)],
      ],
      [
        [one, -100],
        [two, 50],
        [two, 50],
      ],
    ]
    for (const legs of impossible) await expect(post(legs)).rejects.toThrow(/legs|cannot be moved/)
    const moved: Legs = [
      [one, -100],
      [two, 100],
    ]
    // An empty key would never equal another.
    for (const nameless of [{ key: '' }, { scope: '' }])
      await expect(post(moved, nameless)).rejects.toThrow('a scope and a key')
  })

  test('never carries a balance over what can be counted exactly', async () => {
    const most = Number.MAX_SAFE_INTEGER
    const full = await anAccount(most, { unit: 'bytes' })
    const more: Legs = [
      [network, -1],
      [full, 1],
    ]
    await expect(post(more)).rejects.toThrow('more than can be counted')
    expect(await balancesOf(full)).toEqual([most])
  })

  test('is undone with the transaction that it is part of', async () => {
    const [from, to] = [await anAccount(500), await anAccount()]
    const transfer = aTransfer([
      [from, -200],
      [to, 200],
    ])
    const work = inTransaction(database.db, async (tx) => {
      await postTransfer(tx, transfer)
      throw new Error('no')
    })
    await expect(work).rejects.toThrow('no')
    expect(await balancesOf(from, to)).toEqual([500, 0])
    expect(await postTransfer(database.db, transfer)).toMatchObject({ replayed: false })
  })
})

describe('a batch of transfers', () => {
  test('is posted whole, in order, each once a key', async () => {
    const [from, to] = [await anAccount(500), await anAccount()]
    const [first, second, third] = [100, 50, 25].map((amount) =>
      aTransfer([
        [from, -amount],
        [to, amount],
      ]),
    ) as [Transfer, Transfer, Transfer]
    const before = await postTransfer(database.db, second)
    const posted = await postTransfers(database.db, [first, second, third, first])
    expect(posted.map(({ replayed }) => replayed)).toEqual([false, true, false, true])
    expect(posted[1]?.transferId).toBe(before.transferId)
    expect(posted[3]?.transferId).toBe(posted[0]?.transferId)
    expect(await balancesOf(from, to)).toEqual([325, 175])
    const { items } = await readMovements(database.db, to, { limit: 10 })
    expect(items.map(({ amount }) => amount)).toEqual([25, 100, 50])
  })

  test('leaves nothing when one of them cannot be', async () => {
    const [from, to, poor] = [await anAccount(500), await anAccount(), await anAccount()]
    const good = aTransfer([
      [from, -100],
      [to, 100],
    ])
    const short = aTransfer([
      [poor, -1],
      [to, 1],
    ])
    const unbalanced = aTransfer([
      [from, -1],
      [to, 2],
    ])
    // Not even when another one is off by as much in the other direction.
    const counterpart = aTransfer([
      [from, -2],
      [to, 1],
    ])
    const post = (...batch: Transfer[]) => postTransfers(database.db, batch)
    await expect(post(good, short)).rejects.toMatchObject({
      code: 'insufficient_balance',
      facts: { accountId: poor },
    })
    await expect(post(unbalanced, counterpart)).rejects.toMatchObject({ constraint: 'transfer_balanced' })
    await expect(post(good, { ...good, kind: 'other' })).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    })
    expect(await balancesOf(from, to, poor)).toEqual([500, 0, 0])
    expect(await post()).toEqual([])
  })

  test('of thousands takes one statement', async () => {
    const lines = await Promise.all(Array.from({ length: 5 }, () => anAccount(1_000_000)))
    const batch = Array.from({ length: 3_000 }, (_, n) =>
      aTransfer([
        [lines[n % 5] ?? '', -1],
        [fees, 1],
      ]),
    )
    const posted = await postTransfers(database.db, batch)
    expect(new Set(posted.map(({ transferId }) => transferId)).size).toBe(3_000)
    expect(await balancesOf(...lines)).toEqual(Array(5).fill(999_400))
    const again = await postTransfers(database.db, batch)
    expect(again).toEqual(posted.map((one) => ({ ...one, replayed: true })))
  })
})

describe('the database', () => {
  const entry = (legs: Legs, transferId = newId(clock)) =>
    rows(
      database.db,
      sql`insert into ledger.entry (account_id, at, transfer_id, amount)
        select account_id, now(), ${transferId}, amount
        from unnest(${legs.map(([id]) => id)}::uuid[], ${legs.map(([, amount]) => amount)}::bigint[]) as leg (account_id, amount)`,
    )
  const byHand = (statement: string) => rows(database.db, sql.raw(statement))

  test('lets nobody insert entries that do not sum to zero', async () => {
    const id = await anAccount(100)
    await expect(entry([[id, 5]])).rejects.toMatchObject({ constraint: 'transfer_balanced' })
    const nothing: Legs = [
      [id, 0],
      [payments, 0],
    ]
    await expect(entry(nothing)).rejects.toMatchObject({ constraint: 'entry_moves' })
    expect(await balancesOf(id)).toEqual([100])
  })

  test('moves balances with entries, whoever inserts them', async () => {
    const [from, to] = [await anAccount(100), await anAccount()]
    const legs: Legs = [
      [from, -60],
      [to, 60],
    ]
    await entry(legs)
    expect(await balancesOf(from, to)).toEqual([40, 60])
    await expect(entry(legs)).rejects.toMatchObject({ code: 'LK402' })
  })

  test('lets nobody change balances, entries or transfers by hand', async () => {
    const id = await anAccount(100)
    const attempts = [
      `update ledger.account set balance = 200 where id = '${id}'`,
      `update ledger.account set balance = balance`,
      `update ledger.account set unit = 'bytes' where id = '${id}'`,
      `delete from ledger.account where id = '${id}'`,
      `insert into ledger.account (id, unit, owner_id, floor, balance) values ('${newId(clock)}', 'bytes', '${id}', 0, 5)`,
      `update ledger.entry set amount = 1`,
      `delete from ledger.entry`,
      `update ledger.transfer set kind = 'x'`,
      `delete from ledger.transfer`,
      `delete from ledger.transfer_key`,
      `delete from ledger.system_account`,
    ]
    for (const attempt of attempts) await expect(byHand(attempt)).rejects.toThrow('by hand')
    expect(await balancesOf(id)).toEqual([100])
  })

  test('keeps system accounts and accounts with a floor apart by their ids', async () => {
    const system = systemAccount('income:option', 'kopecks')
    await expect(anAccount(0, { id: system })).rejects.toThrow('by hand')
    await expect(
      byHand(`insert into ledger.system_account values ('${newId(clock)}', 'x', 'bytes')`),
    ).rejects.toMatchObject({ constraint: 'system_account_marked' })
  })
})

describe('an account', () => {
  test('cannot get a floor above its balance', async () => {
    const [id, sink] = [await anAccount(0, { floor: -500 }), await anAccount()]
    await post([
      [id, -200],
      [sink, 200],
    ])
    await expect(setFloor(database.db, id, -199)).rejects.toMatchObject({ code: 'insufficient_balance' })
    await setFloor(database.db, id, -200)
    const more: Legs = [
      [id, -1],
      [sink, 1],
    ]
    await expect(post(more)).rejects.toMatchObject({ code: 'insufficient_balance' })
    await expect(setFloor(database.db, newId(clock), 0)).rejects.toThrow('not open')
  })

  test('gets no floor above its balance by hand either, nor begins with one', async () => {
    const id = await anAccount(100)
    const raise = (floor: number) =>
      rows(database.db, sql`update ledger.account set floor = ${floor} where id = ${id}`)
    await expect(raise(101)).rejects.toMatchObject({ constraint: 'balance_not_below_floor' })
    await raise(100)
    await expect(anAccount(0, { floor: 1 })).rejects.toMatchObject({ constraint: 'balance_not_below_floor' })
  })

  test('is closed when it is empty; nothing moves there any more, its past can be read', async () => {
    const id = await anAccount(100)
    await expect(closeAccounts(database.db, [id], clock.now())).rejects.toThrow('not open and empty')
    await post([
      [id, -100],
      [fees, 100],
    ])
    await closeAccounts(database.db, [id, id], clock.now())
    const back: Legs = [
      [fees, -1],
      [id, 1],
    ]
    await expect(post(back)).rejects.toThrow('there is no open account')
    await expect(closeAccounts(database.db, [id], clock.now())).rejects.toThrow('not open and empty')
    expect((await readMovements(database.db, id, { limit: 10 })).items).toHaveLength(2)
    expect(await balancesOf(id)).toEqual([0])
  })

  test('that nobody opened has no balance', async () => {
    expect(await readBalances(database.db, [newId(clock)])).toEqual(new Map())
  })
})

describe('movements of an account', () => {
  test('come newest first, page by page, with their reasons', async () => {
    const id = await anAccount()
    for (let n = 1; n <= 7; n++) {
      // Some at the same moment: then the later posted is the newer.
      if (n % 3 === 0) clock.advance(60_000)
      await post(
        [
          [payments, -n],
          [id, n],
        ],
        { kind: 'top-up', memo: { n } },
      )
    }
    const seen: number[] = []
    let after: string | null = null
    do {
      const page = await readMovements(database.db, id, { limit: 3, after })
      seen.push(...page.items.map(({ amount }) => amount))
      expect(page.items.every(({ kind, memo, amount }) => kind === 'top-up' && memo?.n === amount)).toBe(true)
      after = page.next
    } while (after)
    expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1])
  })

  test('of a period are those from its beginning to before its end', async () => {
    const id = await anAccount()
    const begin = clock.now()
    for (const amount of [1, 2, 3]) {
      await post([
        [payments, -amount],
        [id, amount],
      ])
      clock.advance(1_000)
    }
    const period = { from: new Date(begin.getTime() + 1_000), to: new Date(begin.getTime() + 2_000) }
    const { items } = await readMovements(database.db, id, { ...period, limit: 10 })
    expect(items.map(({ amount }) => amount)).toEqual([2])
  })

  test('of a strange cursor are refused', async () => {
    for (const after of ['', 'x', '1_2', `1_${newId(clock)}'`, `9999999999999999_${newId(clock)}`])
      await expect(readMovements(database.db, newId(clock), { after, limit: 1 })).rejects.toMatchObject({
        code: 'invalid_request',
      })
  })
})

describe('a system account', () => {
  test('has the same id for ever, another one in another unit, and a name that is written down', async () => {
    const id = systemAccount('partner:horoscope', 'kopecks')
    expect(id).toBe('74384668-ec2b-5565-b5f9-f8d993f43974')
    expect(systemAccount('partner:horoscope', 'seconds')).not.toBe(id)
    const from = await anAccount(100)
    await post([
      [from, -30],
      [id, 30],
    ])
    const noted = sql`select name, unit from ledger.system_account where id = ${id}`
    expect(await one(database.db, noted)).toEqual({ name: 'partner:horoscope', unit: 'kopecks' })
  })

  test('is summed to the last entry, before and after a roll-up', async () => {
    const [income, from] = [systemAccount('income:usage', 'kopecks'), await anAccount(1_000)]
    const pay = (amount: number) =>
      post([
        [from, -amount],
        [income, amount],
      ])
    expect(await sumSystemAccount(database.db, income)).toBe(0)
    await pay(10)
    await pay(20)
    expect(await sumSystemAccount(database.db, income)).toBe(30)
    expect(await rollUp(database.db, clock)).toBeGreaterThan(1)
    expect(await rollUp(database.db, clock)).toBe(0)
    expect(await sumSystemAccount(database.db, income)).toBe(30)
    await pay(5)
    expect(await sumSystemAccount(database.db, income)).toBe(35)
  })

  test('loses nothing that was in flight when others were summed', async () => {
    const [income, from, other] = [
      systemAccount('income:tariff', 'kopecks'),
      await anAccount(500),
      await anAccount(500),
    ]
    const pay = (account: string, amount: number) =>
      aTransfer([
        [account, -amount],
        [income, amount],
      ])
    await inTransaction(database.db, async (tx) => {
      await postTransfer(tx, pay(from, 7))
      await postTransfer(database.db, pay(other, 100))
      await rollUp(database.db, clock)
      expect(await sumSystemAccount(database.db, income)).toBe(100)
    })
    expect(await sumSystemAccount(database.db, income)).toBe(107)
    await rollUp(database.db, clock)
    expect(await sumSystemAccount(database.db, income)).toBe(107)
  })
})

describe('the audit', () => {
  test('finds a balance that is not what its entries say', async () => {
    const id = await anAccount(100)
    await inTransaction(database.db, async (tx) => {
      await rows(tx, sql`alter table ledger.account disable trigger user`)
      await rows(tx, sql`update ledger.account set balance = 150 where id = ${id}`)
      const { sound, differences, sums } = await audit(tx)
      expect({ sound, differences }).toEqual({
        sound: false,
        differences: [{ accountId: id, balance: 150, entries: 100 }],
      })
      expect(sums.get('kopecks')).toBe(0)
      throw new Error('undo')
    }).catch((error: Error) => expect(error.message).toBe('undo'))
  })
})
