import { expect, test, vi } from 'vitest'

/** The inbound pipeline with one door open, as a channel meets it. */
export interface Pipeline {
  /** Hands a verified payload in, as the webhook route does. */
  receive(payload: Buffer): Promise<void>
  /** Words of the messages on the timeline of the one person who writes, in their order. */
  storedTexts(): Promise<string[]>
  /** How many payloads are kept as unfiled. */
  unfiled(): Promise<number>
}

/** How a channel words what the cases need. */
export interface PayloadMaker {
  /** A message of the same person: the n-th event of the channel. */
  message(n: number, text: string): Buffer
  /** An update of a kind that the adapter does not know. */
  unknown(): Buffer
}

/**
 * What every channel may rely on, whatever it sends and however often. Call it inside a `describe`.
 * @param open gives a fresh pipeline with nothing in it
 */
export function pipelineCases(open: () => Promise<Pipeline>, make: PayloadMaker): void {
  test('an event that comes thrice is stored once', async () => {
    const pipeline = await open()
    for (let times = 0; times < 3; times++) await pipeline.receive(make.message(1, 'раз'))
    expect(await pipeline.storedTexts()).toEqual(['раз'])
  })

  test('an event that comes twice at once is stored once', async () => {
    const pipeline = await open()
    const payload = make.message(1, 'раз')
    await Promise.all([pipeline.receive(payload), pipeline.receive(payload), pipeline.receive(payload)])
    expect(await pipeline.storedTexts()).toEqual(['раз'])
  })

  test('what comes one after the other keeps its order, also out of the channel’s own', async () => {
    const pipeline = await open()
    for (const n of [3, 1, 2]) await pipeline.receive(make.message(n, `${n}`))
    expect(await pipeline.storedTexts()).toEqual(['3', '1', '2'])
  })

  test('a burst of a hundred at once is stored whole', async () => {
    const pipeline = await open()
    const numbers = Array.from({ length: 100 }, (_, index) => index + 1)
    await Promise.all(numbers.map((n) => pipeline.receive(make.message(n, `${n}`))))
    const stored = (await pipeline.storedTexts()).map(Number)
    expect(stored.sort((one, other) => one - other)).toEqual(numbers)
  })

  test('what cannot be read is kept as unfiled and holds nothing up', async () => {
    const pipeline = await open()
    for (const text of ['', '{', 'null', '{}']) await pipeline.receive(Buffer.from(text))
    await pipeline.receive(make.message(1, 'раз'))
    await vi.waitFor(async () => expect(await pipeline.unfiled()).toBe(4))
    expect(await pipeline.storedTexts()).toEqual(['раз'])
  })

  test('an update of an unknown kind is taken and leaves nothing', async () => {
    const pipeline = await open()
    await pipeline.receive(make.unknown())
    expect(await pipeline.storedTexts()).toEqual([])
    expect(await pipeline.unfiled()).toBe(0)
  })

  test('a million characters, NUL and half a character are stored', async () => {
    const pipeline = await open()
    await pipeline.receive(make.message(1, 'щ'.repeat(1_000_000)))
    await pipeline.receive(make.message(2, 'а\u0000б\ud800в'))
    const [long, odd] = await pipeline.storedTexts()
    expect(long).toHaveLength(1_000_000)
    // Either of them may have become U+FFFD.
    const letters = [...(odd ?? '').toWellFormed()].filter((one) => /[а-я]/.test(one))
    expect(letters.join('')).toBe('абв')
  })
}
