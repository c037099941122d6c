import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { aCaller, aStaffCaller } from '../factories/caller.ts'
import { aHall, type Hall } from '../factories/hall.ts'

const { chat, conversations, integrations } = contracts
let hall: Hall

beforeAll(async () => {
  hall = await aHall()
})
afterAll(() => hall.otklik.end())

test('what another system says stands under the name of its token for the staff, and under none for the person', async () => {
  const admin = await aStaffCaller(hall.otklik.url, hall.otklik.logins.admin)
  const { token } = await admin.call(integrations.createServiceToken, {
    body: { name: 'Доставка', scopes: ['read', 'write'], days: 1 },
  })
  const system = aCaller(hall.otklik.url, { authorization: `Bearer ${token}` })
  const { params, laneId, visitor } = await hall.begin('где моя SIM?')
  const say = (text: string, undoMs: number) =>
    system.call(conversations.sendMessage, { params, body: { id: uuid(), laneId, text, undoMs } })
  await say('Курьер будет в 15:00', 0)
  await say('ещё можно вернуть', 20_000)

  const { entries } = await hall.irina.call(conversations.readTimeline, { params })
  expect(entries.find(({ direction }) => direction === 'out')?.author).toMatchObject({
    kind: 'system',
    name: 'Доставка',
  })
  const { held } = await hall.irina.call(conversations.getConversation, { params })
  expect(held.map(({ author }) => author.name)).toEqual(['Доставка'])
  const { messages } = await visitor.call(chat.readChat, { query: { after: 0 } })
  expect(messages.at(-1)).toMatchObject({ from: 'system', name: null, text: 'Курьер будет в 15:00' })
  expect(JSON.stringify(messages)).not.toContain('Доставка')
})
