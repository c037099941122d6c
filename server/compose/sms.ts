import { z } from 'zod'
import type { SmsPort } from '../care/subscribers/index.ts'
import type { Doors } from '../care/timeline/index.ts'
import type { Vault } from '../platform/vault/index.ts'
import type { HouseJobs } from './jobs.ts'

const CONTEXT = 'sms-code'
const Code = z.object({ msisdn: z.string(), text: z.string() })

/**
 * Codes leave by a job of their own, not as messages: their text is sealed while it waits and stands on no lane.
 * A code that could not be sent within its minutes is not tried again.
 */
export function composeSms(jobs: HouseJobs, vault: Vault): SmsPort {
  return {
    send: async (tx, { msisdn, text }) => {
      const sealed = vault.seal(Buffer.from(JSON.stringify({ msisdn, text })), CONTEXT).toString('base64')
      await jobs.add(tx, 'send-code', { sealed }, { maxAttempts: 3 })
    },
  }
}

/** Carries a sealed code out through the operator's SMS account. Throws to be tried again. */
export async function sendCode(doors: Doors, vault: Vault, sealed: string): Promise<void> {
  const { msisdn, text } = Code.parse(
    JSON.parse(vault.open(Buffer.from(sealed, 'base64'), CONTEXT).toString('utf8')),
  )
  const door = (await doors.all()).find(({ account }) => account.kind === 'sms' && account.state === 'active')
  if (!door?.adapter.sendSecret) throw new Error('no SMS account is open: codes cannot be sent')
  const result = await door.adapter.sendSecret(door.account, { msisdn, text })
  if (result.outcome !== 'sent') throw new Error(`code not sent: ${result.reason}`)
}
