import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'

const DASHBOARDS = path.join(import.meta.dirname, '../../docs/dashboards')
/** Metrics of the house itself that somebody must be told of. */
const TOLD = ['unfiled_events', 'filing_backlog', 'outbound_messages', 'dead_jobs', 'search_lag_ms']
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
