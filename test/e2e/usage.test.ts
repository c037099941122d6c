import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lines } from '../../contracts/lines.ts'
import { my } from '../../contracts/my.ts'
import { usage } from '../../contracts/usage.ts'
import { issueToken } from '../../server/integrations/tokens/index.ts'
import { findInForce, seedCatalogue } from '../../server/operator/catalogue/index.ts'
import { addParty, changeHolder, giveRole, openLines } from '../../server/operator/lines/index.ts'
import { inTransaction, rows, sql } from '../../server/platform/database/index.ts'
import { startWorld, type World } from '../../world/index.ts'
import { aCaller, aStaffCaller } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
import { aTariff } from '../factories/offerings.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { openSmsDoor, type SubscriberCaller, signInBySms } from '../factories/subscriber-caller.ts'

const GB = 1024 ** 3
const OWNER = '79000000201'
const OTHER = '79000000202'
const CALLED = '79011112233'
let world: World
let otklik: TestOtklik
let lineId: string
let otherLineId: string
let owner: SubscriberCaller
let other: SubscriberCaller
const month = () =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Moscow' }).format(new Date()).slice(0, 7)

beforeAll(async () => {
  world = await startWorld({ timeScale: 0.001, sms: { token: 'sms-token' } })
  otklik = await anOtklik({ trustedOrigins: [world.url] })
  await openSmsDoor(otklik, world)
  await seedCatalogue(otklik.db, otklik.clock, [aTariff()], 'Волна')
  lineId = await aLine(OWNER, 'Анна Ветрова')
  otherLineId = await aLine(OTHER, 'Пётр Лукин')
  owner = await signInBySms(otklik.url, world, OWNER)
  other = await signInBySms(otklik.url, world, OTHER)
})
afterAll(async () => {
  await otklik?.end()
  await world?.close()
})

async function aLine(msisdn: string, name: string): Promise<string> {
  const { db, lines: context } = otklik
  return inTransaction(db, async (tx) => {
    const tariff = await findInForce(tx, 'a-tariff')
    const partyId = await addParty(tx, context, { kind: 'person', name })
    const opening = { kopecks: 200_000, from: 'payments:opening' }
    const where = { region: 'Москва', timeZone: 'Europe/Moscow', tariffId: tariff?.id ?? '' }
    const [id = ''] = await openLines(tx, context, [{ partyId, msisdn, ...where, opening }])
    return id
  })
}

/** Another system with a token of these scopes. */
async function aService(...scopes: ('read' | 'write' | 'usage')[]) {
  const by = { kind: 'system', name: 'test' } as const
  const { value } = await inTransaction(otklik.db, (tx) =>
    issueToken(tx, otklik.clock, { name: 'Сеть', scopes, days: 1, by }),
  )
  return aCaller(otklik.url, { authorization: `Bearer ${value}` })
}

let names = 0
const aRecord = (more: object = {}) => ({
  name: `record-${++names}`,
  msisdn: OWNER,
  type: 'voice',
  amount: 61,
  at: new Date().toISOString(),
  other: CALLED,
  ...more,
})

/** The code that came to the phone: details may be seen for some minutes. */
async function tellCode(phone: SubscriberCaller, msisdn: string): Promise<void> {
  const before = world.sms.sentTo(msisdn).length
  const { challengeId } = await phone.call(my.sendFreshCode)
  const sent = await eventually(async () => world.sms.sentTo(msisdn)[before])
  const code = /\d{6}/.exec(sent.text)?.[0]
  await phone.call(my.confirmFreshCode, { body: { challengeId, code } })
}

const fetchFile = (
  phone: { headers: Readonly<Record<string, string>> },
  path: string,
  id: string,
  query: string,
) => fetch(`${otklik.url}${path.replace(':id', id)}?${query}`, { headers: phone.headers })
const details = (phone: SubscriberCaller, id: string, query: Record<string, string | number> = {}) =>
  phone.call(lines.listUsage, { params: { id }, query: { month: month(), ...query } })

describe('the network', () => {
  test('reports by a token of its own scope alone', async () => {
    const body = { records: [aRecord()] }
    const refused = (await aService('read', 'write')).call(usage.reportUsage, { body })
    await expect(refused).rejects.toMatchObject({ status: 403 })
    await expect(owner.call(usage.reportUsage, { body })).rejects.toMatchObject({ status: 403 })
    const network = await aService('usage')
    expect(await network.call(usage.reportUsage, { body })).toEqual({ accepted: 1, repeated: 0, refused: [] })
    expect(await network.call(usage.reportUsage, { body })).toEqual({ accepted: 0, repeated: 1, refused: [] })
    const looking = network.call(lines.getLine, { params: { id: lineId } })
    await expect(looking).rejects.toMatchObject({ status: 403 })
  })

  test('is told of each record that cannot be taken; a batch has a bound', async () => {
    const network = await aService('usage')
    const records = [
      aRecord({ type: 'data', amount: GB, other: null }),
      aRecord({ msisdn: '79999999999' }),
      'nonsense',
    ]
    expect(await network.call(usage.reportUsage, { body: { records } })).toMatchObject({
      accepted: 1,
      refused: [
        { place: 1, reason: 'unknown-line' },
        { place: 2, name: null, reason: 'malformed' },
      ],
    })
    const flood = network.call(usage.reportUsage, { body: { records: Array(1_001).fill(aRecord()) } })
    await expect(flood).rejects.toMatchObject({ status: 400 })
  })

  test('moves the gauges of My before the hour is settled', async () => {
    const home = await owner.call(my.getMyHome)
    expect(home.buckets.find(({ type }) => type === 'data')).toMatchObject({ left: 29 * GB, total: 30 * GB })
  })
})

describe('call details', () => {
  test('are nobody’s without a code of the last minutes', async () => {
    // The code of the sign-in was one; its minutes are over.
    await rows(otklik.db, sql`update my.session set fresh_until = null`)
    await expect(details(owner, lineId)).rejects.toMatchObject({ problem: { code: 'fresh_code_required' } })
    const file = await fetchFile(
      owner,
      lines.exportUsage.path,
      lineId,
      `from=${month()}&to=${month()}&format=csv`,
    )
    expect(file.status).toBe(403)
  })

  test('are the owner’s: by kind and by day', async () => {
    await tellCode(owner, OWNER)
    const { items } = await details(owner, lineId)
    expect(items.map(({ type, other: who, kopecks }) => [type, who, kopecks])).toEqual(
      expect.arrayContaining([
        ['data', null, null],
        ['voice', CALLED, null],
      ]),
    )
    expect((await details(owner, lineId, { type: 'voice' })).items).toHaveLength(1)
    const today = Number(
      new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Moscow' }).format(new Date(items[0]!.at)).slice(8),
    )
    const ofDay = (await details(owner, lineId, { day: today })).items.length
    const ofAnother = (await details(owner, lineId, { day: today === 1 ? 2 : today - 1 })).items.length
    expect(ofDay + ofAnother).toBe(2)
    expect(ofDay).toBeGreaterThan(0)
  })

  test('come page by page without losing or doubling one', async () => {
    const first = await details(owner, lineId, { limit: 1 })
    const second = await details(owner, lineId, { limit: 1, after: first.next ?? '' })
    expect(second.next).toBeNull()
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(2)
  })

  test('are not another person’s, nor the user’s of the line, nor the staff’s', async () => {
    await tellCode(other, OTHER)
    await expect(details(other, lineId)).rejects.toMatchObject({ status: 404 })
    const query = `from=${month()}&to=${month()}&format=csv`
    for (const path of [lines.exportUsage.path, lines.exportCharges.path])
      expect((await fetchFile(other, path, lineId, query)).status).toBe(404)
    const { db, lines: context } = otklik
    const [party] = await rows(
      db,
      sql<{
        id: string
      }>`select party_id as id from lines.role where line_id = ${otherLineId} and role = 'owner'`,
    )
    await inTransaction(db, (tx) =>
      giveRole(tx, context, { lineId, partyId: party?.id ?? '', role: 'user', validTo: null }),
    )
    await expect(details(other, lineId)).rejects.toMatchObject({ problem: { code: 'forbidden' } })
    for (const path of [lines.exportUsage.path, lines.exportCharges.path])
      expect((await fetchFile(other, path, lineId, query)).status).toBe(403)
    const staff = await aStaffCaller(otklik.url, otklik.logins.anna)
    for (const path of [lines.listUsage.path, lines.exportUsage.path, lines.exportCharges.path])
      expect((await fetchFile(staff, path, lineId, `${query}&month=${month()}`)).status).toBe(403)
  })
})

describe('a file', () => {
  const of = (what: 'usage' | 'charges', more: string) =>
    fetchFile(
      owner,
      what === 'usage' ? lines.exportUsage.path : lines.exportCharges.path,
      lineId,
      `from=${month()}&to=${month()}&${more}`,
    )

  test('of call details is a table with Russian headings that spreadsheets read', async () => {
    const answer = await of('usage', 'format=csv')
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="usage-${OWNER}-${month()}.csv"`,
    )
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const [head, ...records] = bytes.toString().slice(1).trimEnd().split('\r\n')
    expect(head).toBe('Дата и время,Вид,Направление,Номер,Количество,Единица,Страна,"Сумма, ₽"')
    expect(records.map((one) => one.replace(/^[^,]+,/, '')).sort()).toEqual([
      `Звонок,исходящий,${CALLED},61,с,,считаем`,
      'Интернет,,,1024,МБ,,считаем',
    ])
  })

  test('of charges says in English what the month cost', async () => {
    const text = await (await of('charges', 'format=csv&locale=en')).text()
    expect(text).toContain('Date and time,Category,What for,"Amount, ₽"')
    expect(text).toContain('Tariff,Title of a-tariff,-500')
  })

  test('is a document whose letters are embedded', async () => {
    for (const what of ['usage', 'charges'] as const) {
      const answer = await of(what, 'format=pdf')
      expect(answer.headers.get('content-type')).toBe('application/pdf')
      const bytes = Buffer.from(await answer.arrayBuffer())
      expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
      expect(bytes.includes('/FontFile2')).toBe(true)
    }
  })

  test('covers a year at most', async () => {
    const query = 'from=2025-01&to=2026-01&format=csv'
    expect((await fetchFile(owner, lines.exportCharges.path, lineId, query)).status).toBe(400)
  })

  test('stands in the audit with who took it', async () => {
    const taken = await rows(
      otklik.db,
      sql<{
        reason: string
      }>`select reason from audit.access where act = 'export' and subscriber_id is not null order by id`,
    )
    expect(taken.map(({ reason }) => reason)).toContain(`usage ${month()}–${month()} csv`)
  })
})

test('whoever holds the line next gets nothing of what was before', async () => {
  const { db, lines: context } = otklik
  const [party] = await rows(
    db,
    sql<{
      id: string
    }>`select party_id as id from lines.role where line_id = ${otherLineId} and role = 'owner'`,
  )
  await inTransaction(db, (tx) =>
    changeHolder(tx, context, { lineId, ref: 'sold', partyId: party?.id ?? '' }),
  )
  expect((await details(other, lineId)).items).toEqual([])
  expect((await other.call(lines.listCharges, { params: { id: lineId } })).items).toEqual([])
})
