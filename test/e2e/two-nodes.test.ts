import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { contracts } from '../../contracts/index.ts'
import type { ServerFrame } from '../../contracts/realtime.ts'
import { aStaffCaller, aVisitorCaller } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'

const { chat, conversations } = contracts
let here: TestOtklik
let there: TestOtklik
let account: string

beforeAll(async () => {
  here = await anOtklik()
  account = await here.openDoor({ kind: 'web-chat', name: 'Сайт', policy: 'full', settings: {}, secrets: {} })
  there = await anOtklik({ beside: here })
})
afterAll(async () => {
  await there.end()
  await here.end()
})

test('what comes in on one node is live on a desk at another, once and in order', async () => {
  const visitor = await aVisitorCaller(here.url, account)
  const irina = await aStaffCaller(there.url, there.logins.irina)
  await visitor.call(chat.sendChatMessage, { body: { id: uuid(), text: 'реплика 0' } })
  const { id } = await eventually(async () => {
    const { items } = await irina.call(conversations.listConversations, { query: { view: 'all', limit: 10 } })
    return items[0]
  })
  const socket = new WebSocket(`${there.url.replace('http', 'ws')}/realtime`, {
    headers: { ...irina.headers },
  })
  const seen: number[] = []
  socket.on('message', (data) => {
    const frame: ServerFrame = JSON.parse(String(data))
    if (frame.type === 'entries') seen.push(...frame.entries.map((one) => one.seq))
  })
  await new Promise((resolve) => socket.once('open', resolve))
  socket.send(JSON.stringify({ type: 'watch', conversationId: id, laneSeqs: {} }))
  for (let n = 1; n <= 30; n++)
    await visitor.call(chat.sendChatMessage, { body: { id: uuid(), text: `реплика ${n}` } })
  await eventually(async () => seen.length >= 31)
  expect(seen).toEqual(Array.from({ length: 31 }, (_, n) => n + 1))
  socket.close()
})

test('two nodes that take the same message from a widget at once store it once', async () => {
  const visitor = await aVisitorCaller(here.url, account)
  const beside = { ...(await aVisitorCaller(there.url, account)), headers: visitor.headers }
  const body = { id: uuid(), text: 'дважды нажато' }
  await Promise.all(
    [here.url, there.url, here.url, there.url].map((url) =>
      fetch(`${url}/api/v1/chat/messages`, {
        method: 'POST',
        headers: { ...beside.headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    ),
  )
  const { messages } = await visitor.call(chat.readChat, { query: { after: 0 } })
  expect(messages.map((one) => one.text)).toEqual(['дважды нажато'])
})
