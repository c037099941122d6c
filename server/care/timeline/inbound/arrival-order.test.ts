import { afterAll, beforeAll, expect, test } from 'vitest'
import { aMaxDoor, type MaxDoor } from '../../../../test/factories/max-door.ts'
import { anOtklik, type TestOtklik } from '../../../../test/factories/otklik.ts'

let otklik: TestOtklik
let max: MaxDoor
beforeAll(async () => {
  otklik = await anOtklik({ env: { COUNTRY: 'KZ' } })
  max = await aMaxDoor(otklik)
})
afterAll(() => otklik.end())

const picture = [{ type: 'image', payload: { url: 'http://127.0.0.1:1/x', token: 't' } }]

test('what one person says keeps its order, with files or without, however much of it is on its way in', async () => {
  const { doors } = otklik.timeline.context
  const { account, adapter } = (await doors.find(max.accountId))!
  const people = Array.from({ length: 8 }, (_, index) => 100 + index)
  const words = ['слова 1', 'снимок 2', 'слова 3', 'слова 4', 'снимок 5', 'слова 6']
  // Nobody waits for an answer: the next message is handed in while those before it are being stored.
  await Promise.all(
    words.flatMap((text) =>
      people.map((person) => {
        const { update } = max.message(person, text, undefined, text.startsWith('снимок') ? picture : null)
        return otklik.timeline.inbound.receive(account, adapter, Buffer.from(JSON.stringify(update)))
      }),
    ),
  )
  for (const person of people) {
    const said = (await max.entriesOf(person)).filter(({ kind }) => kind === 'message')
    expect(said.map(({ body }) => body?.text)).toEqual(words)
  }
})
