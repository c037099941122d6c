import { randomUUID } from 'node:crypto'
import type { SmsPort } from '../care/subscribers/index.ts'
import { addJob } from '../platform/jobs/index.ts'
import type { Vault } from '../platform/vault/index.ts'
import { sendCodeJob } from './job-kinds.ts'
import { CODE_CONTEXT } from './send-code.ts'

/**
 * Codes leave by a job of their own, not as messages: their text is sealed while it waits and stands on no lane.
 * A code that could not be sent while it is good is not sent at all.
 */
export function composeSms(vault: Vault): SmsPort {
  return {
    send: async (tx, message) => {
      const code = JSON.stringify({ ...message, reference: message.reference ?? randomUUID() })
      await addJob(
        tx,
        sendCodeJob,
        { sealed: vault.seal(Buffer.from(code), CODE_CONTEXT).toString('base64') },
        { maxAttempts: 3 },
      )
    },
  }
}
