import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../../test/postgres/index.ts'
import { systemClock } from '../../../platform/clock.ts'
import { inTransaction } from '../../../platform/database/index.ts'
import { openVault, type Vault } from '../../../platform/vault/index.ts'
import { changeAccount, createAccount, findAccount } from './accounts.ts'

let database: TestDatabase
let vault: Vault
beforeAll(async () => {
  database = await createTestDatabase()
  vault = await openVault({ key: randomBytes(32).toString('base64'), dataDir: '' })
})
afterAll(() => database.drop())

test('of two who change a door at once neither takes back what the other has changed', async () => {
  const { db } = database
  const id = await inTransaction(db, (tx) =>
    createAccount(tx, vault, systemClock, {
      kind: 'max',
      name: 'MAX',
      policy: 'full',
      settings: {},
      secrets: { token: 'revoked' },
    }),
  )
  let second: Promise<void> | undefined
  await inTransaction(db, async (tx) => {
    await changeAccount(tx, vault, id, { secrets: { token: 'new' } })
    second = inTransaction(db, (other) => changeAccount(other, vault, id, { state: 'paused' }))
    // It has begun, and waits for us.
    await expect
      .poll(async () => {
        const { rows } = await database.pool.query(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        )
        return rows.length
      })
      .toBe(1)
  })
  await second
  expect(await findAccount(db, vault, id)).toMatchObject({ state: 'paused', secrets: { token: 'new' } })
})
