import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { inOrder } from './in-order.ts'

const mails = (...senders: string[]) =>
  senders.map((from, uid) => ({ uid, source: Buffer.from(`From: ${from}\r\nSubject: ${uid}\r\n\r\n`) }))
const numberOf = (source: Buffer): number => Number(/Subject: (\d+)/.exec(source.toString())?.[1])
const never = new AbortController().signal

test('one sender’s mails go one after the other, several senders’ side by side', async () => {
  const done: number[] = []
  let under = 0
  let most = 0
  const given = mails('a@x', 'Anna <A@x>', 'b@x', 'c@x', 'b@x', '"A" <a@x>')
  await inOrder(given, 2, never, async (source) => {
    most = Math.max(most, ++under)
    for (let turns = numberOf(source) === 0 ? 9 : 1; turns > 0; turns--) await turn()
    done.push(numberOf(source))
    under -= 1
  })
  expect(most).toBe(2)
  expect(done.filter((n) => [0, 1, 5].includes(n))).toEqual([0, 1, 5])
  expect(done.filter((n) => [2, 4].includes(n))).toEqual([2, 4])
  expect(done).toHaveLength(6)
})

test('after a failure nothing more is begun, and what is under way ends first', async () => {
  const ended: number[] = []
  const all = inOrder(mails('a@x', 'b@x', 'c@x', 'd@x'), 2, never, async (source) => {
    const number = numberOf(source)
    if (number === 0) throw new Error('away')
    await turn()
    ended.push(number)
  })
  await expect(all).rejects.toThrow('away')
  expect(ended).toEqual([1])
})

test('when it is stopped the rest is left', async () => {
  const stopping = new AbortController()
  const done: number[] = []
  await inOrder(mails('a@x', 'a@x', 'a@x'), 4, stopping.signal, async (source) => {
    done.push(numberOf(source))
    stopping.abort()
  })
  expect(done).toEqual([0])
})
