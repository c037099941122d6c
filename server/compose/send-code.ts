import { z } from 'zod'
import type { Doors } from '../care/timeline/index.ts'
import { sendCodeBySms } from '../channels/sms/index.ts'
import type { Vault } from '../platform/vault/index.ts'
import type { DoorDeps } from './doors.ts'

/** What binds a sealed code to its purpose. */
export const CODE_CONTEXT = 'sms-code'
const Code = z.object({ msisdn: z.string(), text: z.string(), reference: z.string() })

/** Carries a sealed code out through the operator's SMS account. Throws to be tried again; the centre sends a reference once. */
export async function sendCode(deps: DoorDeps, doors: Doors, vault: Vault, sealed: string): Promise<void> {
  const code = Code.parse(
    JSON.parse(vault.open(Buffer.from(sealed, 'base64'), CODE_CONTEXT).toString('utf8')),
  )
  const door = (await doors.all()).find(({ account }) => account.kind === 'sms' && account.state === 'active')
  if (!door) throw new Error('no SMS account is open: codes cannot be sent')
  const result = await sendCodeBySms(deps, door.account, code)
  if (result.outcome !== 'sent') throw new Error(`code not sent: ${result.reason}`)
}
