import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ApiProblem } from '../../shared/api/index.ts'
import { createOutbox, type OutboxOptions } from './create-outbox.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const aMessage = (id: string) => ({ id, laneId: 'lane', text: `words of ${id}`, attachments: [] })

/** What the network does with one request. */
type Weather = 'fine' | 'request lost' | 'answer lost' | 'refused'

/** A server that keeps a message once by its id, behind a network that is told what to do. */
function anOutbox(weather: Weather[] = [], giveBack: OutboxOptions['giveBack'] = async () => true) {
  const stored: string[] = []
  const returned: string[] = []
  const outbox = createOutbox({
    send: async (_, { id }) => {
      const now = weather.shift() ?? 'fine'
      await Promise.resolve()
      if (now === 'request lost') throw new ApiProblem('network')
      if (now === 'refused') throw new ApiProblem('conversation_resolved', 409)
      if (!stored.includes(id)) stored.push(id)
      if (now === 'answer lost') throw new ApiProblem('timeout')
    },
    giveBack: async (conversationId, message, problem) => {
      const safe = await giveBack(conversationId, message, problem)
      if (safe) returned.push(message.id)
      return safe
    },
  })
  outbox.open('anna')
  return { outbox, stored, returned, weather }
}

describe('an answer', () => {
  test('is stored once and in the order of writing, whatever gets lost', async () => {
    const weathers = fc.array(fc.constantFrom<Weather>('fine', 'request lost', 'answer lost'), {
      maxLength: 40,
    })
    await fc.assert(
      fc.asyncProperty(weathers, fc.integer({ min: 1, max: 6 }), async (weather, count) => {
        const { outbox, stored } = anOutbox([...weather])
        const ids = Array.from({ length: count }, (_, i) => `m${i}`)
        for (const id of ids) void outbox.post('one', aMessage(id))
        await vi.advanceTimersByTimeAsync(40 * 30_000)
        expect(stored).toEqual(ids)
        expect(outbox.isEmpty()).toBe(true)
      }),
    )
  })

  test('that got no answer is shown as stuck and sent again by itself', async () => {
    const { outbox, stored } = anOutbox(['request lost'])
    await outbox.post('one', aMessage('a'))
    expect(outbox.of('one').map((one) => one.state)).toEqual(['stuck'])
    await vi.advanceTimersByTimeAsync(2_000)
    expect(stored).toEqual(['a'])
    expect(outbox.isEmpty()).toBe(true)
  })

  test('leaves at once when the server is back', async () => {
    const { outbox, stored } = anOutbox(['request lost'])
    await outbox.post('one', aMessage('a'))
    outbox.nudge()
    await vi.advanceTimersByTimeAsync(0)
    expect(stored).toEqual(['a'])
  })

  test('that is refused when it is repeated goes back to the agent, and the next one leaves', async () => {
    const { outbox, stored, returned } = anOutbox(['request lost', 'refused'])
    await outbox.post('one', aMessage('a'))
    await outbox.post('one', aMessage('b'))
    expect(returned).toEqual(['a'])
    expect(stored).toEqual(['b'])
  })

  test('that nobody can take back is kept and not repeated', async () => {
    const { outbox, weather } = anOutbox(['refused', 'fine', 'refused'], async () => false)
    await outbox.post('one', aMessage('a'))
    expect(outbox.of('one').map((one) => one.state)).toEqual(['refused'])
    await outbox.post('one', aMessage('b'))
    expect(outbox.of('one').map((one) => one.id)).toEqual(['a'])
    expect(weather).toEqual(['refused'])
  })
})

describe('leaving the desk', () => {
  test('tries once more, and puts what is still stuck into the draft', async () => {
    const { outbox, stored, returned } = anOutbox(['request lost', 'fine', 'request lost'])
    await outbox.post('one', aMessage('a'))
    await outbox.post('two', aMessage('b'))
    expect(stored).toEqual(['b'])
    await outbox.close()
    expect(returned).toEqual(['a'])
    expect(outbox.isEmpty()).toBe(true)
  })

  test('with the network away keeps the words until the same person is back', async () => {
    const { outbox, stored } = anOutbox(['request lost', 'request lost'], async () => false)
    await outbox.post('one', aMessage('a'))
    await outbox.close()
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(stored).toEqual([])
    outbox.open('anna')
    await vi.advanceTimersByTimeAsync(0)
    expect(stored).toEqual(['a'])
  })

  test('leaves nothing for the next person', async () => {
    const { outbox, stored } = anOutbox(['request lost', 'request lost'], async () => false)
    await outbox.post('one', aMessage('a'))
    await outbox.close()
    outbox.open('timur')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(stored).toEqual([])
    expect(outbox.isEmpty()).toBe(true)
  })
})
