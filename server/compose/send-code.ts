import { z } from 'zod'
import type { Doors } from '../care/timeline/index.ts'
import type { Vault } from '../platform/vault/index.ts'

/** What binds a sealed code to its purpose. */
export const CODE_CONTEXT = 'sms-code'
const Code = z.object({ msisdn: z.string(), text: z.string() })

/** Carries a sealed code out through the operator's SMS account. Throws to be tried again. */
export async function sendCode(doors: Doors, vault: Vault, sealed: string): Promise<void> {
  const { msisdn, text } = Code.parse(
    JSON.parse(vault.open(Buffer.from(sealed, 'base64'), CODE_CONTEXT).toString('utf8')),
  )
  const door = (await doors.all()).find(({ account }) => account.kind === 'sms' && account.state === 'active')
  if (!door?.adapter.sendSecret) throw new Error('no SMS account is open: codes cannot be sent')
  const result = await door.adapter.sendSecret(door.account, { msisdn, text })
  if (result.outcome !== 'sent') throw new Error(`code not sent: ${result.reason}`)
}
