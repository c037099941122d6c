import { expect, test } from 'vitest'
import { memoryBytes } from './machine-memory.ts'

const GB = 1024 ** 3

test('the memory of this machine is some number of bytes that a machine may have', () => {
  expect(memoryBytes()).toBeGreaterThan(0.1 * GB)
  expect(memoryBytes()).toBeLessThan(100_000 * GB)
})
