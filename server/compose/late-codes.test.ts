import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/postgres/index.ts'
import { manualClock } from '../platform/clock.ts'
import { openVault, type Vault } from '../platform/vault/index.ts'
import { composeMail, sendMailCode } from './mail.ts'
import { sendCode } from './send-code.ts'
import { composeSms } from './sms.ts'

const MINUTE = 60_000
const clock = manualClock('2026-11-24T09:00:00Z')
const until = new Date(clock.now().getTime() + 5 * MINUTE)
/** Whoever asks for a door wants to send. */
const doors = { all: () => Promise.reject(new Error('asked for a door')) } as never
let database: TestDatabase
let vault: Vault
beforeAll(async () => {
  database = await createTestDatabase()
  vault = await openVault({ key: randomBytes(32).toString('base64'), dataDir: '' })
})
afterAll(() => database.drop())

async function sealedOf(kind: string): Promise<string> {
  const { rows } = await database.pool.query(
    `select j.payload->>'sealed' as sealed from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = $1`,
    [kind],
  )
  return rows[0].sealed
}

test('a code that nobody can use any more is not sent: the work stood still meanwhile', async () => {
  const message = { msisdn: '79000000101', text: 'Код 123456', kind: 'code', until } as const
  await composeSms(vault).send(database.db, message)
  await composeMail(vault).send(database.db, {
    address: 'a@b.example',
    subject: 'Код',
    text: '123456',
    until,
  })
  const [sms, mail] = [await sealedOf('send-code'), await sealedOf('send-mail-code')]
  const my = { db: database.db, edge: { findLineByMsisdn: async () => undefined } } as never
  const send = () => [
    sendCode({ clock } as never, doors, vault, my, sms),
    sendMailCode({ clock } as never, doors, vault, mail),
  ]
  for (const sending of send()) await expect(sending).rejects.toThrow('asked for a door')
  clock.advance(5 * MINUTE)
  for (const sending of send()) await expect(sending).resolves.toBeUndefined()
})
