import { afterAll, beforeAll, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { addParty, changeHolder, creditMoney } from '../../server/operator/lines/index.ts'
import { inTransaction, one, rows, sql } from '../../server/platform/database/index.ts'
import type { World } from '../../world/index.ts'
import { aCaller } from '../factories/caller.ts'
import { anOperatorLine, seedOfferings } from '../factories/operator-line.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import {
  aWorldWithSms,
  openSmsDoor,
  type SubscriberCaller,
  signInBySms,
} from '../factories/subscriber-caller.ts'

const { my } = contracts
const MSISDN = '79000000301'
let world: World
let here: TestOtklik
let there: TestOtklik
let phone: SubscriberCaller
let lineId: string

// What one node keeps in memory is changed through another one, which shares nothing with it but the database.
beforeAll(async () => {
  world = await aWorldWithSms()
  here = await anOtklik({ trustedOrigins: [world.url] })
  await openSmsDoor(here, world)
  await seedOfferings(here)
  lineId = await anOperatorLine(here, { msisdn: MSISDN })
  there = await anOtklik({ beside: here, trustedOrigins: [world.url] })
  phone = await signInBySms(here.url, world, MSISDN)
}, 120_000)
afterAll(async () => {
  await there?.end()
  await here?.end()
  await world?.close()
})

const home = async (url = there.url, cookie = phone.cookie) =>
  aCaller(url, { cookie, origin: url, 'x-otklik-app': 'my' }).call(my.getMyHome, { query: { line: lineId } })
const refused = (status: number) => expect.objectContaining({ problem: expect.objectContaining({ status }) })

test('whoever opens Home again is answered of memory, and by another node of the table', async () => {
  // What signing in has changed is heard of with the second look.
  for (const _ of [1, 2]) await home()
  const first = await home()
  await rows(
    here.db,
    sql`update lines.glance set packed = replace(packed, '"balanceKopecks":', '"balanceKopecks":9') where line_id = ${lineId}`,
  )
  const again = await home()
  expect({ ...again, asOf: null }).toEqual({ ...first, asOf: null })
  expect(again.asOf >= first.asOf).toBe(true)
  expect((await home(here.url)).balanceKopecks).toBe(Number(`9${first.balanceKopecks}`))
  await rows(here.db, sql`delete from lines.glance where line_id = ${lineId}`)
})

test('money that has come through another node is there at once', async () => {
  for (let n = 1; n <= 20; n++) {
    const { balanceKopecks } = await home()
    await inTransaction(here.db, (tx) =>
      creditMoney(tx, here.lines, {
        lineId,
        ref: `credit-${n}`,
        kopecks: n,
        from: 'payments:test',
        category: 'top-up',
        title: { ru: 'Пополнение', en: 'Top-up' },
      }),
    )
    expect((await home()).balanceKopecks).toBe(balanceKopecks + n)
  }
})

test('a line that has changed hands, and a session that has ended, are nobody’s at once', async () => {
  const other = await signInBySms(here.url, world, MSISDN)
  await home()
  await home(there.url, other.cookie)
  await aCaller(here.url, { cookie: other.cookie, origin: here.url }).call(my.signOutOfMy)
  await expect(home(there.url, other.cookie)).rejects.toEqual(refused(401))
  expect(await home()).toMatchObject({ role: 'owner' })
  const { partyId } = await one(
    here.db,
    sql<{ partyId: string }>`select party_id as "partyId" from lines.role where line_id = ${lineId}`,
  )
  const friendId = await inTransaction(here.db, (tx) =>
    addParty(tx, here.lines, { kind: 'person', name: 'Друг' }),
  )
  await inTransaction(here.db, (tx) =>
    changeHolder(tx, here.lines, { lineId, partyId: friendId, ref: 'hands' }),
  )
  await expect(home()).rejects.toThrow()
  expect(partyId).not.toBe(friendId)
})
