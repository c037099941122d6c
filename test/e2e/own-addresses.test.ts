import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { aCaller, aStaffCaller } from '../factories/caller.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'

let otklik: TestOtklik
let account: string

beforeAll(async () => {
  otklik = await anOtklik()
  account = await otklik.openDoor({
    kind: 'web-chat',
    name: 'Сайт',
    policy: 'full',
    settings: {},
    secrets: {},
  })
})
afterAll(() => otklik.end())

describe('an installation on one’s own machine', () => {
  test.each(['127.0.0.1', 'localhost'])('works from http://%s', async (host) => {
    const url = `http://${host}:${new URL(otklik.url).port}`
    const anna = await aStaffCaller(url, otklik.logins.anna)
    await anna.call(contracts.staff.changeMe, { body: { presence: 'away' } })
    const visitor = aCaller(url, { origin: url })
    const { token } = await visitor.call(contracts.chat.startVisitor, { body: { account } })
    expect(token).toMatch(/^chat_/)
    const { headers } = await fetch(`${url}/desk/`)
    expect(headers.get('content-security-policy')).toContain(`ws://${host}:`)
  })

  test.each(['http://localhost:1', 'https://evil.example', 'http://localhost.evil.example:3000'])(
    'refuses pages of %s',
    async (origin) => {
      const signedIn = await aStaffCaller(otklik.url, otklik.logins.anna)
      const stranger = aCaller(otklik.url, { ...signedIn.headers, origin })
      await expect(stranger.call(contracts.staff.changeMe, { body: { presence: 'away' } })).rejects.toThrow(
        'origin_not_allowed',
      )
    },
  )
})
