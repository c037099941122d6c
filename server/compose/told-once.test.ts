import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from '../../test/factories/eventually.ts'
import { anOperatorLine, seedOfferings } from '../../test/factories/operator-line.ts'
import { anOtklik, type TestOtklik } from '../../test/factories/otklik.ts'
import { openSmsDoor } from '../../test/factories/subscriber-caller.ts'
import { startWorld, type World } from '../../world/index.ts'
import { maybeOne, rows, sql } from '../platform/database/index.ts'
import { addJob, type Job } from '../platform/jobs/index.ts'
import { deliverMyCodeJob, tellElsewhereJob } from './job-kinds.ts'

let world: World
let otklik: TestOtklik
let msisdn: string

beforeAll(async () => {
  world = await startWorld({ timeScale: 0.001, sms: { token: 'sms-token' } })
  otklik = await anOtklik({ trustedOrigins: [world.url] })
  await openSmsDoor(otklik, world)
  await otklik.reconcileDoors()
  await seedOfferings(otklik)
  msisdn = world.people.byKey('anna')!.msisdn
  await anOperatorLine(otklik, { msisdn })
}, 120_000)
afterAll(async () => {
  await otklik?.end()
  await world?.close()
})

/** A job that is done twice, as when its node died between the work and the word that it was done. Gives the messages that came of it. */
async function twice<S extends Job['payload']>(
  job: Job<S>,
  payload: Parameters<typeof addJob<S>>[2],
): Promise<string[]> {
  const before = world.sms.sentTo(msisdn).length
  for (let n = 0; n < 2; n++) await addJob(otklik.db, job, payload)
  await eventually(async () => {
    const left = await rows(
      otklik.db,
      sql`select id from graphile_worker.jobs where task_identifier = any(array['send-code', ${job.name}])`,
    )
    return left.length === 0
  })
  return world.sms
    .sentTo(msisdn)
    .slice(before)
    .map(({ text }) => text)
}

test('a code to sign in is sent once', async () => {
  const order = { challengeId: uuid(), code: '314159', msisdn, by: 'sms', locale: 'ru' }
  const sealed = otklik.vault.seal(Buffer.from(JSON.stringify(order)), 'my-code').toString('base64')
  expect(await twice(deliverMyCodeJob, { sealed })).toEqual([expect.stringContaining('314159')])
})

test('that a lost SIM was blocked is told once', async () => {
  await world.act('sms', 'anna', { act: 'text', text: 'Здравствуйте' })
  const point = await eventually(() =>
    maybeOne(otklik.db, sql<{ id: string }>`select id from subscribers.contact_point where channel = 'sms'`),
  )
  const told = { contactPointId: point.id, message: 'lost-blocked', locale: 'ru', id: uuid() } as const
  expect(await twice(tellElsewhereJob, told)).toHaveLength(1)
})
