import { expect, test } from 'vitest'
import { sharedBuffersOf } from './shared-buffers.ts'

const GB = 1024 ** 3

test('PostgreSQL gets an eighth of the memory, neither too little to work with nor more than is useful', () => {
  expect(sharedBuffersOf(0.5 * GB)).toBe('128MB')
  expect(sharedBuffersOf(4 * GB)).toBe('512MB')
  expect(sharedBuffersOf(64 * GB)).toBe('2048MB')
})
