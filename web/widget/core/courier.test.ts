import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CourierDeps, createCourier } from './courier.ts'
import { createIdMaker } from './identifiers.ts'
import { createOutbox, OUTBOX_MAX, type Unsent } from './outbox.ts'
import { memoryShelf, type Shelf } from './storage.ts'

/** What the network does with one request. */
type Weather = 'fine' | 'request lost' | 'answer lost' | 'busy'

const newId = createIdMaker()
const aMessage = (text: string): Unsent => ({
  id: newId(),
  text,
  attachmentIds: [],
  writtenAt: '2026-01-01T00:00:00.000Z',
})

/** A server that stores a message once by its id, behind a network that is told what to do. */
const aServer = (weather: readonly Weather[]) => {
  const stored: string[] = []
  const ids = new Set<string>()
  let calls = 0
  let inFlight = 0
  let mostInFlight = 0
  const post: CourierDeps['post'] = async (message) => {
    const now = weather[calls++] ?? 'fine'
    mostInFlight = Math.max(mostInFlight, ++inFlight)
    await Promise.resolve()
    inFlight -= 1
    if (now === 'request lost') return { kind: 'later', code: 'offline' }
    if (now === 'busy') return { kind: 'later', code: 'rate_limited', afterMs: 5 }
    const repeated = ids.has(message.id)
    if (!repeated) {
      ids.add(message.id)
      stored.push(message.text)
    }
    return now === 'answer lost'
      ? { kind: 'later', code: 'offline' }
      : { kind: 'stored', seq: repeated ? null : stored.length }
  }
  return { stored, post, calls: () => calls, mostInFlight: () => mostInFlight }
}

const aTab = (shelf: Shelf, post: CourierDeps['post'], part: Partial<CourierDeps> = {}) => {
  const outbox = createOutbox(shelf, 'out:')
  const carry = createCourier({
    outbox,
    post,
    alone: (work) => work(),
    pause: () => Promise.resolve(),
    rest: () => Promise.resolve(),
    onStored: () => {},
    onRefused: () => {},
    onHold: () => {},
    ...part,
  })
  return { outbox, carry }
}

const weathers = fc.array(fc.constantFrom<Weather>('fine', 'request lost', 'answer lost', 'busy'), {
  maxLength: 60,
})

describe('carrying the outbox', () => {
  test('stores every message once and in the order of writing, whatever gets lost', async () => {
    await fc.assert(
      fc.asyncProperty(weathers, fc.integer({ min: 1, max: 12 }), async (weather, count) => {
        const server = aServer(weather)
        const { outbox, carry } = aTab(memoryShelf(), server.post)
        const texts = Array.from({ length: count }, (_, i) => `m${i}`)
        for (const text of texts) {
          outbox.put(aMessage(text))
          void carry()
        }
        await carry()
        expect(server.stored).toEqual(texts)
        expect(server.mostInFlight()).toBe(1)
        expect(outbox.list()).toEqual([])
      }),
    )
  })

  test('does so from two tabs without locks, and when a tab dies and another page view goes on', async () => {
    await fc.assert(
      fc.asyncProperty(
        weathers,
        fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }),
        async (weather, writers) => {
          const server = aServer(weather)
          const shelf = memoryShelf()
          const tabs = [aTab(shelf, server.post), aTab(shelf, server.post)]
          // The third tab takes a message up, sends it and dies before it hears the answer.
          const dying = aTab(shelf, async (message) => {
            await server.post(message)
            return new Promise(() => {})
          })
          const texts = writers.map((_, i) => `m${i}`)
          writers.forEach((first, i) => {
            const tab = tabs[first ? 0 : 1]!
            tab.outbox.put(aMessage(texts[i]!))
            if (i === 1) void dying.carry()
            void tab.carry()
          })
          await Promise.all(tabs.map(({ carry }) => carry()))
          await Promise.all(tabs.map(({ carry }) => carry()))
          expect(server.stored).toEqual(texts)
          expect(shelf.keys('out:')).toEqual([])
        },
      ),
    )
  })

  test('lets a refused message stand aside, and sends it when the person retries', async () => {
    let refusing = true
    const sent: string[] = []
    const { outbox, carry } = aTab(memoryShelf(), async ({ text }) => {
      if (text === 'bad' && refusing) return { kind: 'refused', code: 'invalid_request' }
      sent.push(text)
      return { kind: 'stored', seq: sent.length }
    })
    outbox.put(aMessage('bad'))
    outbox.put(aMessage('good'))
    await carry()
    expect(sent).toEqual(['good'])
    expect(outbox.list().map(({ failed }) => failed)).toEqual(['invalid_request'])
    refusing = false
    outbox.retry(outbox.list()[0]!.id)
    await carry()
    expect(sent).toEqual(['good', 'bad'])
  })

  test('rests exactly as long as the server asks, and says why it waits', async () => {
    const server = aServer(['busy'])
    const rests: number[] = []
    const holds: (string | null)[] = []
    const { outbox, carry } = aTab(memoryShelf(), server.post, {
      rest: async (ms) => void rests.push(ms),
      onHold: (code) => holds.push(code),
    })
    outbox.put(aMessage('hello'))
    await carry()
    expect(rests).toEqual([5])
    expect(holds[0]).toBe('rate_limited')
    expect(holds.at(-1)).toBe(null)
  })

  test('sends nothing that another tab has sent while this one waited for its turn', async () => {
    const shelf = memoryShelf()
    const server = aServer([])
    const { outbox, carry } = aTab(shelf, server.post, {
      alone: async (work) => {
        for (const key of shelf.keys('out:')) shelf.remove(key)
        return work()
      },
    })
    outbox.put(aMessage('hello'))
    await carry()
    expect(server.calls()).toBe(0)
  })
})

describe('the outbox', () => {
  test('is bounded', () => {
    const outbox = createOutbox(memoryShelf(), 'out:')
    const taken = Array.from({ length: OUTBOX_MAX + 5 }, (_, i) => outbox.put(aMessage(`m${i}`)))
    expect(taken.filter(Boolean)).toHaveLength(OUTBOX_MAX)
  })

  test('ignores what is not a message under its keys', () => {
    const shelf = memoryShelf()
    for (const [i, junk] of ['', '{', 'null', '[]', '{"id":1}', '{"id":"a"}'].entries())
      shelf.set(`out:${i}`, junk)
    expect(createOutbox(shelf, 'out:').list()).toEqual([])
  })
})
