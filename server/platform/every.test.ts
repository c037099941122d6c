import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { every } from './every.ts'

const error = vi.fn()
const often = { ms: 1_000, log: { error }, name: 'looking' }

beforeEach(() => {
  vi.useFakeTimers()
  error.mockClear()
})
afterEach(() => {
  vi.useRealTimers()
})

test('calls again and again until it is stopped', async () => {
  const work = vi.fn(async () => undefined)
  const stop = every(often, work)
  await vi.advanceTimersByTimeAsync(3_000)
  expect(work).toHaveBeenCalledTimes(3)
  stop()
  await vi.advanceTimersByTimeAsync(3_000)
  expect(work).toHaveBeenCalledTimes(3)
})

test('the first time at once, if so wished', async () => {
  const work = vi.fn(async () => undefined)
  const stop = every({ ...often, atOnce: true }, work)
  expect(work).toHaveBeenCalledTimes(1)
  stop()
})

test('never twice at a time', async () => {
  let end = () => {}
  const work = vi.fn(
    () =>
      new Promise<void>((resolve) => {
        end = resolve
      }),
  )
  const stop = every(often, work)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(work).toHaveBeenCalledTimes(1)
  end()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(work).toHaveBeenCalledTimes(2)
  stop()
})

test('goes on after a failure, which the log tells; that the database is away it does not', async () => {
  const failures = [new Error('broken'), Object.assign(new Error('away'), { code: 'ECONNREFUSED' })]
  const work = vi.fn(async () => {
    const failure = failures.shift()
    if (failure) throw failure
  })
  const stop = every(often, work)
  await vi.advanceTimersByTimeAsync(3_000)
  stop()
  expect(work).toHaveBeenCalledTimes(3)
  expect(error.mock.calls).toEqual([[{ err: expect.objectContaining({ message: 'broken' }) }, 'looking']])
})
