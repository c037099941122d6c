import { expect, test } from 'vitest'
import { createClosing } from './closing.ts'

test('ends the latest first, everything, once, and tells the first failure', async () => {
  const closing = createClosing()
  const ended: string[] = []
  closing.add(() => void ended.push('database'))
  closing.add(async () => {
    throw new Error('stuck')
  })
  closing.add(async () => ended.push('server'))
  await expect(closing.close()).rejects.toThrow('stuck')
  expect(ended).toEqual(['server', 'database'])
  await closing.close()
  expect(ended).toHaveLength(2)
})
