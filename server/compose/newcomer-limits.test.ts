import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { withinNetworks } from '../platform/networks.ts'
import { createNewcomerLimits } from './newcomer-limits.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const limits = () => createNewcomerLimits(withinNetworks(['198.51.100.0/24']))

/** How many of so many newcomers get in. */
async function admitted(
  admit: (address: string) => Promise<void>,
  count: number,
  from: (n: number) => string,
) {
  const asked = await Promise.allSettled(Array.from({ length: count }, (_, n) => admit(from(n))))
  return asked.filter((one) => one.status === 'fulfilled').length
}
const address = (n: number) => `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`

test('a thousand phones behind one address of our own network get in, a crowd behind a foreign one does not', async () => {
  const admit = limits()
  expect(await admitted(admit, 1_000, () => '198.51.100.7')).toBe(1_000)
  expect(await admitted(admit, 1_000, () => '203.0.113.7')).toBe(40)
  expect(await admitted(admit, 1_000, (n) => `2001:db8::${n.toString(16)}`)).toBe(40)
})

test('who is refused is told to come back within a minute, and then gets in', async () => {
  const admit = limits()
  await admitted(admit, 40, () => '203.0.113.7')
  const refused = await admit('203.0.113.7').catch((error: unknown) => error)
  expect(refused).toMatchObject({ code: 'rate_limited', facts: { retryAfterMs: expect.any(Number) } })
  expect((refused as { facts: { retryAfterMs: number } }).facts.retryAfterMs).toBeLessThanOrEqual(60_000)
  await vi.advanceTimersByTimeAsync(60_000)
  await admit('203.0.113.7')
})

test('in a flood from everywhere first visits from new addresses still get in, and our own network notices nothing', async () => {
  const admit = limits()
  expect(await admitted(admit, 1_000, (n) => address(n % 50))).toBe(600 + 50 * 2)
  await admit('203.0.113.1')
  await admit('203.0.113.1')
  await expect(admit('203.0.113.1')).rejects.toMatchObject({ code: 'rate_limited' })
  expect(await admitted(admit, 1_000, () => '198.51.100.7')).toBe(1_000)
})

test('one address that hammers takes nothing from the others', async () => {
  const admit = limits()
  await admitted(admit, 5_000, () => '203.0.113.7')
  expect(await admitted(admit, 500, (n) => address(n % 50))).toBe(500)
})
