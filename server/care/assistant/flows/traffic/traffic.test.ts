import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Flow } from '../../../../../contracts/flows.ts'
import { aFlow, anInput } from '../../../../../test/factories/flows.ts'
import { createTestDatabase, type TestDatabase } from '../../../../../test/postgres/index.ts'
import { manualClock } from '../../../../platform/clock.ts'
import { rows, sql } from '../../../../platform/database/index.ts'
import { newId } from '../../../../platform/identifiers.ts'
import { beginDialog, type DialogState, type Input, type Step, step } from '../../engine/index.ts'
import { logTurns } from '../../running/dialog-store.ts'
import { countTraffic, forgetTraffic } from './count-traffic.ts'
import { readTraffic } from './read-traffic.ts'

const clock = manualClock('2026-11-24T09:40:00Z')
let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

/** A dialog as it runs and is logged; gives how it stands in the end. */
async function play(key: string, flow: Flow, inputs: readonly Input[]): Promise<DialogState> {
  const conversationId = newId(clock)
  const log = async (taken: Step, input: Input, turn: number) => {
    if (taken.state.turn === turn) return
    const { state, effect, way } = taken
    await logTurns(database.db, [{ conversationId, state, input, effect, way }], clock.now())
  }
  const began = beginDialog({ flow: key, version: 1, locale: 'ru', facts: { trust: 4 }, wanted: null })
  let last = step(flow, began, { kind: 'begin' }, clock.now())
  await log(last, { kind: 'begin' }, 0)
  for (const input of inputs) {
    const { turn } = last.state
    last = step(flow, last.state, input, clock.now())
    await log(last, input, turn)
  }
  return last.state
}
const read = (key: string, days = 7) => readTraffic(database.db, clock, { key, days })

const words = { ru: 'Да', en: 'Yes' }
const MENU: Flow = {
  title: words,
  intents: [],
  start: 'menu',
  slots: {},
  nodes: {
    menu: {
      kind: 'menu',
      words,
      choices: [
        { title: words, next: 'say' },
        { title: words, next: 'end' },
      ],
    },
    say: { kind: 'say', words, next: 'end' },
    end: { kind: 'end', words, done: true },
  },
}
const choice = (chosen: number): Input => ({ kind: 'said', text: '', chosen, command: null, meant: null })

describe('the traffic of a flow', () => {
  test('is how many went which way, and where they went no further', async () => {
    await play('menu', MENU, [choice(0)])
    await play('menu', MENU, [choice(0)])
    await play('menu', MENU, [choice(1)])
    await play('menu', MENU, [])
    await play('menu', MENU, [choice(2)])
    clock.advance(1)
    await countTraffic(database.db, clock)
    const { ways, steps, countedTo } = await read('menu')
    expect(new Map(ways.map(({ from, to, times }) => [`${from} ${to}`, times]))).toEqual(
      new Map([
        ['menu say', 2],
        ['say end', 2],
        ['menu end', 1],
      ]),
    )
    expect(steps).toEqual([
      { node: 'menu', came: 5, wentOn: 3, toPeople: 1, elsewhere: 0, ended: 0, stopped: 1 },
      { node: 'end', came: 3, wentOn: 0, toPeople: 0, elsewhere: 0, ended: 3, stopped: 0 },
      { node: 'say', came: 2, wentOn: 2, toPeople: 0, elsewhere: 0, ended: 0, stopped: 0 },
    ])
    expect(countedTo).toBe(clock.now().toISOString())
  })

  test('counts what is newer at once, what committed late with the next count, and nothing twice', async () => {
    await play('late', MENU, [choice(1)])
    clock.advance(1000)
    const came = async () => (await read('late')).steps.find(({ node }) => node === 'menu')?.came
    expect(await came()).toBe(1)
    await countTraffic(database.db, clock)
    await countTraffic(database.db, clock)
    expect(await came()).toBe(1)
    const late = { conversationId: newId(clock), state: { ...beginDialog(BEGAN), turn: 1 }, effect: null }
    const before = new Date(clock.now().getTime() - 60_000)
    await logTurns(database.db, [{ ...late, input: { kind: 'begin' }, way: ['', 'menu'] }], before)
    clock.advance(3_600_000)
    await countTraffic(database.db, clock)
    expect(await came()).toBe(2)
  })

  test('forgets nothing that is in the period, and shows nothing that is not', async () => {
    await play('old', MENU, [])
    clock.advance(3 * 86_400_000)
    await play('old', MENU, [])
    clock.advance(1)
    await countTraffic(database.db, clock)
    expect((await read('old', 1)).steps[0]?.came).toBe(1)
    expect((await read('old', 7)).steps[0]?.came).toBe(2)
  })

  test('loses nobody: whoever came to a node went on, ended, was given to others, or is there still', async () => {
    let run = 0
    await fc.assert(
      fc.asyncProperty(
        aFlow,
        fc.array(fc.array(anInput, { maxLength: 15 }), { minLength: 1, maxLength: 4 }),
        async (flow, dialogs) => {
          const key = `any-${++run}`
          const ends = []
          for (const inputs of dialogs) ends.push(await play(key, flow, inputs))
          clock.advance(1)
          await countTraffic(database.db, clock)
          const { steps } = await read(key, 1)
          const stopped = Object.fromEntries(steps.map((one) => [one.node, one.stopped]))
          const there: Record<string, number> = {}
          for (const { node, phase } of ends) if (phase !== 'over') there[node] = (there[node] ?? 0) + 1
          for (const { node } of steps) expect(stopped[node]).toBe(there[node] ?? 0)
          expect(steps.every(({ came, ...one }) => came === sum(one))).toBe(true)
        },
      ),
      { numRuns: 25 },
    )
  }, 60_000)

  test('is read by the key of the roll-up, not by looking through it', async () => {
    const plan = await rows(
      database.db,
      sql<{
        'QUERY PLAN': string
      }>`explain select sum(times) from assistant.traffic where flow_key = 'menu' and hour >= now()`,
    )
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toContain('traffic_pkey')
  })

  test('of more than two years ago is forgotten some at a time, along an index', async () => {
    const { db } = database
    const now = clock.now()
    const ago = (days: number) => new Date(now.getTime() - days * 86_400_000)
    for (const [at, count] of [
      [ago(761), 5],
      [ago(759), 20_000],
    ] as const)
      await rows(
        db,
        sql`insert into assistant.traffic (flow_key, hour, from_node, to_node, times)
          select 'ancient', date_bin('1 hour', ${at}, 'epoch'), n::text, 'end', 1 from generate_series(1, ${count}::int) n`,
      )
    await rows(db, sql`analyze assistant.traffic`)
    expect(await forgetTraffic(db, now, { atOnce: 2, most: 2 })).toBe(4)
    expect(await forgetTraffic(db, now, { atOnce: 2 })).toBe(1)
    const plan = await rows(
      db,
      sql`explain select 1 from assistant.traffic where hour < ${ago(760)} order by hour limit 5000`,
    )
    expect(JSON.stringify(plan)).toContain('traffic_hour')
  })
})

const BEGAN = { flow: 'late', version: 1, locale: 'ru', facts: {}, wanted: null } as const
const sum = ({
  wentOn,
  toPeople,
  elsewhere,
  ended,
  stopped,
}: Record<'wentOn' | 'toPeople' | 'elsewhere' | 'ended' | 'stopped', number>) =>
  wentOn + toPeople + elsewhere + ended + stopped
