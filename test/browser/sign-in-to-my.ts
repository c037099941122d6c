import type { Page } from 'playwright-core'
import type { World } from '../../world/index.ts'
import { eventually } from '../factories/eventually.ts'

/** Signs in to My, in Russian, as a person does: the number, then the code that came to the phone. */
export async function signInToMy(page: Page, url: string, world: World, msisdn: string): Promise<void> {
  const before = world.sms.sentTo(msisdn).length
  await page.goto(`${url}/my/`)
  await page.getByLabel('Номер телефона').fill(`+${msisdn}`)
  await page.getByRole('button', { name: 'Получить код' }).click()
  const sms = await eventually(async () => world.sms.sentTo(msisdn)[before])
  await page.getByLabel('Код из сообщения').fill(/\d{6}/.exec(sms.text)![0])
  await page.getByText('Баланс').waitFor()
}
