import type { SmsPort } from '../care/subscribers/index.ts'
import type { Vault } from '../platform/vault/index.ts'
import type { HouseJobs } from './jobs.ts'
import { CODE_CONTEXT } from './send-code.ts'

/**
 * Codes leave by a job of their own, not as messages: their text is sealed while it waits and stands on no lane.
 * A code that could not be sent within its minutes is not tried again.
 */
export function composeSms(jobs: HouseJobs, vault: Vault): SmsPort {
  return {
    send: async (tx, { msisdn, text }) => {
      const sealed = vault
        .seal(Buffer.from(JSON.stringify({ msisdn, text })), CODE_CONTEXT)
        .toString('base64')
      await jobs.add(tx, 'send-code', { sealed }, { maxAttempts: 3 })
    },
  }
}
