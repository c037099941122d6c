import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { aCaller, aStaffCaller, type Caller } from '../factories/caller.ts'
import { aHall, type Begun, type Hall, refusal } from '../factories/hall.ts'

const { conversations, integrations } = contracts
let hall: Hall

beforeAll(async () => {
  hall = await aHall()
})
afterAll(() => hall.otklik.end())

/** What the inbox shows of a conversation to somebody. */
async function preview(reader: Caller, { id }: Begun, state = 'open'): Promise<string | undefined> {
  const { items } = await reader.call(conversations.listConversations, {
    query: { view: 'all', state, limit: 100 },
  })
  return items.find((one) => one.id === id)?.preview
}
const claim = (agent: Caller, { params }: Begun) => agent.call(conversations.claimConversation, { params })

describe('the last words of a conversation in the inbox', () => {
  test('are shown to every agent while it waits for anybody', async () => {
    const begun = await hall.begin('кто возьмёт?')
    expect(await preview(hall.anna, begun)).toBe('кто возьмёт?')
    expect(await preview(hall.timur, begun)).toBe('кто возьмёт?')
  })

  test('are shown to whoever has it, to supervisors, and to no other agent', async () => {
    const begun = await hall.begin('только Анне')
    await claim(hall.anna, begun)
    expect(await preview(hall.anna, begun)).toBe('только Анне')
    expect(await preview(hall.irina, begun)).toBe('только Анне')
    expect(await preview(hall.timur, begun)).toBe('')
    await expect(hall.timur.call(conversations.getConversation, { params: begun.params })).rejects.toEqual(
      refusal('need_to_know'),
    )
  })

  test('are shown for an hour to whoever broke the glass', async () => {
    const begun = await hall.begin('за стеклом')
    await claim(hall.anna, begun)
    const body = { reason: 'Анна заболела, абонент ждёт' }
    await hall.timur.call(conversations.breakGlass, { params: begun.params, body })
    expect(await preview(hall.timur, begun)).toBe('за стеклом')
    await hall.later(1.1)
    expect(await preview(hall.timur, begun)).toBe('')
  })

  test('are shown for three days to who resolved it, and to who answered in it', async () => {
    const begun = await hall.begin('недавно было моим')
    await claim(hall.anna, begun)
    await hall.anna.call(conversations.sendMessage, {
      params: begun.params,
      body: { id: uuid(), laneId: begun.laneId, text: 'Готово', undoMs: 0 },
    })
    const { version } = await hall.anna.call(conversations.getConversation, { params: begun.params })
    const body = { agentId: hall.otklik.logins.timur.id, version }
    await hall.anna.call(conversations.assignConversation, { params: begun.params, body })
    await hall.resolve(begun, hall.timur)
    await hall.later(71)
    expect(await preview(hall.anna, begun, 'resolved')).toBe('Готово')
    expect(await preview(hall.timur, begun, 'resolved')).toBe('Готово')
    await hall.later(2)
    expect(await preview(hall.anna, begun, 'resolved')).toBe('')
    expect(await preview(hall.timur, begun, 'resolved')).toBe('')
    expect(await preview(hall.irina, begun, 'resolved')).toBe('Готово')
  })

  test('are shown to who resolved what was nobody’s', async () => {
    const begun = await hall.begin('решил не взяв')
    await hall.resolve(begun, hall.anna)
    expect(await preview(hall.anna, begun, 'resolved')).toBe('решил не взяв')
    expect(await preview(hall.timur, begun, 'resolved')).toBe('')
  })

  test('are not in the answer of an act that gives it away', async () => {
    const begun = await hall.begin('отдам')
    await claim(hall.anna, begun)
    const { version } = await hall.anna.call(conversations.getConversation, { params: begun.params })
    const body = { agentId: hall.otklik.logins.timur.id, version }
    const given = await hall.anna.call(conversations.assignConversation, { params: begun.params, body })
    expect(given.preview).toBe('')
    expect(given.previewBy).toBeNull()
  })

  test('are shown among the person’s other conversations only where those may be opened', async () => {
    const mine = await hall.begin('моя')
    const hers = await hall.begin('чужая')
    await hall.link(mine, hers)
    await claim(hall.timur, mine)
    await claim(hall.anna, hers)
    const siblings = await hall.timur.call(conversations.listPersonConversations, { params: mine.params })
    expect(siblings.map(({ id, preview }) => ({ id, preview }))).toEqual([{ id: hers.id, preview: '' }])
  })

  test('are read by systems that hold the scope', async () => {
    const admin = await aStaffCaller(hall.otklik.url, hall.otklik.logins.admin)
    const { token } = await admin.call(integrations.createServiceToken, {
      body: { name: 'CRM', scopes: ['read'], days: 1 },
    })
    const begun = await hall.begin('для системы')
    await claim(hall.anna, begun)
    const system = aCaller(hall.otklik.url, { authorization: `Bearer ${token}` })
    expect(await preview(system, begun)).toBe('для системы')
  })
})
