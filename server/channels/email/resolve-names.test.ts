import { expect, test } from 'vitest'
import { createResolve } from './resolve-names.ts'

const failing = (code: string) => async (): Promise<string[]> => {
  throw Object.assign(new Error(code), { code })
}

test('a name is asked for once while its answer holds, and again afterwards', async () => {
  let now = 0
  let asked = 0
  const resolve = createResolve(
    () => now,
    async () => [[`answer ${++asked}`]],
  )
  expect(await resolve('Mail.Example', 'TXT')).toEqual([['answer 1']])
  expect(await resolve('mail.example', 'TXT')).toEqual([['answer 1']])
  expect(await resolve('mail.example', 'A')).toEqual([['answer 2']])
  now = 601_000
  expect(await resolve('mail.example', 'TXT')).toEqual([['answer 3']])
})

test.each([
  ['ENOTFOUND', 1],
  ['ETIMEOUT', 2],
])('after %s a minute later it was asked %i times', async (code, times) => {
  let now = 0
  let asked = 0
  const resolve = createResolve(
    () => now,
    () => {
      asked += 1
      return failing(code)()
    },
  )
  for (const at of [0, 1_000, 60_000]) {
    now = at
    await expect(resolve('mail.example', 'TXT')).rejects.toMatchObject({ code })
  }
  expect(asked).toBe(times)
})

test('while no name server answers nobody waits for one; later it is tried again', async () => {
  let now = 0
  let asked = 0
  const resolve = createResolve(
    () => now,
    () => {
      asked += 1
      return failing('ETIMEOUT')()
    },
  )
  for (let n = 0; n < 20; n++)
    await expect(resolve(`d${n}.example`, 'TXT')).rejects.toMatchObject({ code: 'ETIMEOUT' })
  expect(asked).toBe(8)
  now = 31_000
  await expect(resolve('d99.example', 'TXT')).rejects.toThrow()
  expect(asked).toBe(9)
})
