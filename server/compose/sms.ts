import { randomUUID } from 'node:crypto'
import type { SmsPort } from '../care/subscribers/index.ts'
import { addJob } from '../platform/jobs/index.ts'
import type { Vault } from '../platform/vault/index.ts'
import { sendCodeJob } from './job-kinds.ts'
import { CODE_CONTEXT } from './send-code.ts'

/**
 * Codes leave by a job of their own, not as messages: their text is sealed while it waits and stands on no lane.
 * A code that could not be sent within its minutes is not tried again.
 */
export function composeSms(vault: Vault): SmsPort {
  return {
    send: async (tx, { msisdn, text, kind }) => {
      const code = JSON.stringify({ msisdn, text, kind, reference: randomUUID() })
      await addJob(
        tx,
        sendCodeJob,
        { sealed: vault.seal(Buffer.from(code), CODE_CONTEXT).toString('base64') },
        { maxAttempts: 3 },
      )
    },
  }
}
