import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { my } from '../../contracts/my.ts'
import { aCaller, aStaffCaller } from '../factories/caller.ts'
import { aMyHouse, type MyHouse } from '../factories/subscriber-caller.ts'

let house: MyHouse
beforeAll(async () => {
  house = await aMyHouse()
})
afterAll(() => house.end())

describe('signing in to My', () => {
  test('goes by the code that the SMS centre brought, which stands nowhere afterwards', async () => {
    const line = house.edge.aLine()
    const phone = await house.signIn(line.msisdn)
    expect(phone.session).toMatchObject({ name: 'Анна Петрова', lines: [{ id: line.id }] })
    expect(await phone.call(my.getMyHome)).toMatchObject({ id: line.id, balanceKopecks: 12_345 })
    const [sent] = house.world.sms.sentTo(line.msisdn)
    // A phone offers it to this site alone (WebOTP).
    const code = /\d{6}/.exec(sent?.text ?? '')?.[0]
    expect(sent?.text).toMatch(new RegExp(`\n@127\\.0\\.0\\.1:\\d+ #${code}$`))
  })

  test('in a browser that is signed in at the desk too, what comes from My is the subscriber’s', async () => {
    const line = house.edge.aLine()
    const phone = await house.signIn(line.msisdn)
    const staff = await aStaffCaller(house.otklik.url, house.otklik.logins.anna)
    const both = { cookie: `${staff.headers.cookie}; ${phone.cookie}`, origin: house.otklik.url }
    expect((await aCaller(house.otklik.url, both).call(my.getMySession)).lines).toHaveLength(1)
    await expect(
      aCaller(house.otklik.url, { ...both, cookie: `${staff.headers.cookie}` }).call(my.getMySession),
    ).rejects.toMatchObject({ status: 401 })
  })
})
