import { randomUUID } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contracts } from '../../../contracts/index.ts'
import { aStaffCaller, aVisitorCaller, type Caller } from '../../../test/factories/caller.ts'
import { aTestEdge } from '../../../test/factories/edge.ts'
import { eventually } from '../../../test/factories/eventually.ts'
import { anOtklik, type TestOtklik } from '../../../test/factories/otklik.ts'
import { composePrivacy } from '../../compose/privacy.ts'
import { one, rows, sql } from '../../platform/database/index.ts'
import { applyRetention } from './index.ts'

const { chat, privacy } = contracts
const DAY_MS = 86_400_000
let otklik: TestOtklik
let site: string
let admin: Caller

beforeAll(async () => {
  otklik = await anOtklik()
  site = await otklik.openDoor({ kind: 'web-chat', name: 'Сайт', policy: 'full', settings: {}, secrets: {} })
  admin = await aStaffCaller(otklik.url, otklik.logins.admin)
})
afterAll(() => otklik.end())

const context = () => otklik.timeline.context
const apply = () =>
  applyRetention(
    otklik.db,
    composePrivacy(context(), context().subscribers, () => aTestEdge()),
  )
const daysAgo = (days: number) => new Date(otklik.clock.now().getTime() - days * DAY_MS)
const textsOf = (table: string, column: string) =>
  rows(otklik.db, sql<{ text: string }>`select ${sql.raw(column)} as text from ${sql.raw(table)} order by 1`)

test('the rules have sane defaults; what an admin changes holds, is in the audit, and leaves the others alone', async () => {
  const before = await admin.call(privacy.getRetention)
  expect(before.find((rule) => rule.what === 'bodies')).toEqual({ what: 'bodies', days: 1095 })
  const after = await admin.call(privacy.setRetention, {
    body: [
      { what: 'bodies', days: 400 },
      { what: 'search', days: 100 },
    ],
  })
  expect(after).toEqual(await admin.call(privacy.getRetention))
  expect(after).toEqual(
    before.map((rule) =>
      rule.what === 'bodies'
        ? { ...rule, days: 400 }
        : rule.what === 'search'
          ? { ...rule, days: 100 }
          : rule,
    ),
  )
  const { items } = await admin.call(privacy.listChanges, { query: { limit: 5 } })
  expect(items[0]).toMatchObject({ act: 'retention.changed', before, after })
})

test('two who change rules at once both change them, and who has read another figure is told what it is now', async () => {
  const other = await aStaffCaller(otklik.url, otklik.logins.admin)
  for (let days = 50; days < 70; days++) {
    await Promise.all([
      admin.call(privacy.setRetention, { body: [{ what: 'drafts', days }] }),
      other.call(privacy.setRetention, { body: [{ what: 'webhook-log', days }] }),
    ])
    const rules = await admin.call(privacy.getRetention)
    expect(rules).toContainEqual({ what: 'drafts', days })
    expect(rules).toContainEqual({ what: 'webhook-log', days })
  }
  const late = admin.call(privacy.setRetention, { body: [{ what: 'drafts', days: 10, was: 30 }] })
  await expect(late).rejects.toMatchObject({
    status: 409,
    problem: { code: 'conflict', facts: { current: [{ what: 'drafts', days: 69 }] } },
  })
  expect(await admin.call(privacy.getRetention)).toContainEqual({ what: 'drafts', days: 69 })
  await admin.call(privacy.setRetention, {
    body: [
      { what: 'drafts', days: 30, was: 69 },
      { what: 'webhook-log', days: 30, was: 69 },
    ],
  })
})

test('only what is old is destroyed, each rule by its own age, with a report', async () => {
  const visitor = await aVisitorCaller(otklik.url, site)
  for (const text of ['древнее слово', 'старое слово', 'новое слово'])
    await visitor.call(chat.sendChatMessage, { body: { id: uuid(), text } })
  await otklik.drain()
  await eventually(async () => (await textsOf('search.document', 'seq')).length === 3)
  for (const [seq, days] of [
    [1, 401],
    [2, 399],
  ]) {
    const at = daysAgo(days ?? 0)
    await rows(otklik.db, sql`update timeline.entry_body set stored_at = ${at} where seq = ${seq}`)
    await rows(otklik.db, sql`update search.document set stored_at = ${at} where seq = ${seq}`)
  }
  await rows(
    otklik.db,
    sql`insert into timeline.raw_event (received_at, id, channel_account_id, payload)
      values (${daysAgo(31)}, ${randomUUID()}, ${site}, 'old'), (${daysAgo(29)}, ${randomUUID()}, ${site}, 'new')`,
  )
  await rows(
    otklik.db,
    sql`insert into audit.access (id, at, actor_kind, actor_name, act, address)
      values (${randomUUID()}, ${daysAgo(1096)}, 'system', 'old', 'open', ''), (${randomUUID()}, ${daysAgo(1094)}, 'system', 'new', 'open', '')`,
  )
  // What waits to be settled is nobody's to destroy.
  for (const [other, days, dueAt] of [
    ['old', 1096, null],
    ['new', 1094, null],
    ['waits', 1096, daysAgo(-1)],
  ] as const)
    await rows(
      otklik.db,
      sql`insert into lines.usage (line_id, at, id, type, direction, amount, other, due_at)
        values (${randomUUID()}, ${daysAgo(days)}, ${randomUUID()}, 'voice', 'out', 60, ${other}, ${dueAt})`,
    )
  await rows(
    otklik.db,
    sql`insert into lines.charge (line_id, at, id, category, kopecks, title_ru, title_en, transfer_id)
      values (${randomUUID()}, ${daysAgo(2000)}, ${randomUUID()}, 'usage', -100, 'Звонки', 'Calls', ${randomUUID()})`,
  )
  await apply()

  expect(await textsOf('lines.usage', 'other')).toEqual([{ text: 'new' }, { text: 'waits' }])
  expect(await textsOf('lines.charge', 'kopecks::text')).toEqual([{ text: '-100' }])
  expect((await textsOf('timeline.entry_body', `body->>'text'`)).map(({ text }) => text)).toEqual([
    'новое слово',
    'старое слово',
  ])
  expect(await textsOf('search.document', 'seq::text')).toEqual([{ text: '3' }])
  expect(await textsOf('timeline.raw_event', `encode(payload, 'escape')`)).toEqual([{ text: 'new' }])
  expect(await textsOf('audit.access', 'actor_name')).not.toContainEqual({ text: 'old' })
  expect(await textsOf('audit.access', 'actor_name')).toContainEqual({ text: 'new' })
  const { entries } = await one(
    otklik.db,
    sql<{ entries: number }>`select count(*) as entries from timeline.entry`,
  )
  expect(entries).toBe(3)
  const { items } = await admin.call(privacy.listErasures, { query: { limit: 10 } })
  expect(items.every((report) => report.reason === 'retention')).toBe(true)
  const total = items.flatMap((report) => Object.entries(report.counts))
  expect(total.toSorted()).toEqual([
    ['accesses', 1],
    ['bodies', 1],
    ['documents', 1],
    ['documents', 1],
    ['rawEvents', 1],
    ['usage', 1],
  ])
  await apply()
  expect((await admin.call(privacy.listErasures, { query: { limit: 10 } })).items).toEqual(items)
})
