import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../../../contracts/index.ts'
import { aHall, type Begun, type Hall } from '../../../../test/factories/hall.ts'
import { inTransaction, one, sql } from '../../../platform/database/index.ts'
import { type Place, speak, takePart } from './take-part.ts'

const { chat, conversations } = contracts
let hall: Hall

beforeAll(async () => {
  hall = await aHall()
})
afterAll(() => hall.otklik.end())

const context = () => hall.otklik.timeline.context
/** Says something as the assistant does, in a transaction of its own. */
const say = (begun: Begun, id: string, text: string) =>
  inTransaction(hall.otklik.db, async (tx) => {
    const place = (await takePart(tx, context(), begun.laneId)) as Place
    await speak(tx, context(), place, { id, text, buttons: [{ title: 'Да', payload: 'yes' }] })
  })
const heard = async ({ visitor }: Begun) => {
  const { messages } = await visitor.call(chat.readChat, { query: { after: 0 } })
  return messages.filter(({ from }) => from === 'assistant').map(({ text, buttons }) => ({ text, buttons }))
}

describe('who takes part on a lane', () => {
  test('is heard at once, and the person waits no more', async () => {
    const begun = await hall.begin('есть кто')
    const id = uuid()
    await say(begun, id, 'Здравствуйте')
    expect(await heard(begun)).toEqual([{ text: 'Здравствуйте', buttons: [{ title: 'Да', payload: 'yes' }] }])
    const { waitingSince, previewBy } = await hall.irina.call(conversations.getConversation, begun)
    expect({ waitingSince, previewBy }).toEqual({ waitingSince: null, previewBy: 'assistant' })
    expect(
      await one(
        hall.otklik.db,
        sql<object>`select o.state, o.seq, o.body, array_agg(e.state) as passed from timeline.outbound o
          join timeline.outbound_event e on e.outbound_id = o.id where o.id = ${id} group by o.id`,
      ),
    ).toEqual({ state: 'sent', seq: 2, body: null, passed: ['sent'] })
  })

  test('says once what it says twice under one name, whoever’s it is', async () => {
    const [begun, other] = [await hall.begin('раз'), await hall.begin('два')]
    const id = uuid()
    await say(begun, id, 'Один раз')
    await expect(say(begun, id, 'Один раз')).rejects.toMatchObject({ code: 'conflict' })
    expect(await heard(begun)).toHaveLength(1)
    await expect(say(other, id, 'Один раз')).rejects.toMatchObject({ code: 'conflict' })
    expect(await heard(other)).toEqual([])
  })

  test('is refused where the matter is done with', async () => {
    const begun = await hall.begin('спасибо')
    await hall.resolve(begun, hall.irina)
    await expect(say(begun, uuid(), 'Поздно')).rejects.toMatchObject({ code: 'conversation_resolved' })
  })

  test('leaves nothing behind when what it was part of fails', async () => {
    const begun = await hall.begin('ау')
    const failing = inTransaction(hall.otklik.db, async (tx) => {
      const place = (await takePart(tx, context(), begun.laneId)) as Place
      await speak(tx, context(), place, { id: uuid(), text: 'Нет', buttons: [] })
      throw new Error('in the middle')
    })
    await expect(failing).rejects.toThrow('in the middle')
    expect(await heard(begun)).toEqual([])
  })
})
