import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rows, sql } from '../../server/platform/database/index.ts'
import { eventually } from '../factories/eventually.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'

const DASHBOARDS = path.join(import.meta.dirname, '../../docs/dashboards')
/** Metrics of the house itself that somebody must be told of. */
const TOLD = [
  'unfiled_events',
  'filing_backlog',
  'outbound_messages',
  'dead_jobs',
  'set_aside',
  'search_lag_ms',
  'channel_health',
  'channel_events_total',
  'channel_sends_total',
  'late_webhook_deliveries',
  'database_waiting',
]
let otklik: TestOtklik
let known: Set<string>

beforeAll(async () => {
  otklik = await anOtklik()
  const text = await (await fetch(`${otklik.url}/metrics`)).text()
  known = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name ?? ''))
})
afterAll(() => otklik.end())

describe.each(['alerts.yaml', 'otklik.json'])('%s', (file) => {
  test('asks for metrics that there are, and for all that tell of work left undone', async () => {
    const text = await readFile(path.join(DASHBOARDS, file), 'utf8')
    const asked = [...text.matchAll(/\botklik_[a-z0-9_]+/g)].map(([name]) => name)
    const unknown = asked.filter(
      (name) => !known.has(name) && !known.has(name.replace(/_(bucket|count|sum)$/, '')),
    )
    expect(unknown).toEqual([])
    for (const name of TOLD) expect(asked).toContain(`otklik_${name}`)
  })
})

test('a door that does not work is told by name, one that is paused is not', async () => {
  const door = { kind: 'telegram', policy: 'full', settings: {}, secrets: {} } as const
  await otklik.openDoor({ ...door, name: 'Бот без токена' })
  const paused = await otklik.openDoor({ ...door, name: 'Бот на паузе' })
  await rows(otklik.db, sql`update timeline.channel_account set state = 'paused' where id = ${paused}`)
  await otklik.reconcileDoors()
  await eventually(async () => {
    const told = await (await fetch(`${otklik.url}/metrics`)).text()
    expect(told).toContain('otklik_channel_health{channel="telegram",name="Бот без токена",state="down"} 1')
    expect(told).not.toContain('Бот на паузе')
    return true
  })
})
