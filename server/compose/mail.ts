import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { MailPort } from '../care/my/index.ts'
import type { Doors } from '../care/timeline/index.ts'
import { sendCodeByMail } from '../channels/email/index.ts'
import { addJob } from '../platform/jobs/index.ts'
import type { Vault } from '../platform/vault/index.ts'
import type { DoorDeps } from './doors.ts'
import { sendMailCodeJob } from './job-kinds.ts'

/** What binds a sealed code to its purpose. */
const CONTEXT = 'mail-code'
const CodeMail = z.object({
  address: z.string(),
  subject: z.string(),
  text: z.string(),
  reference: z.string(),
  until: z.coerce.date().optional(),
})

/** Codes leave by a job of their own, as those by SMS do: sealed while they wait, on no lane. */
export function composeMail(vault: Vault): MailPort {
  return {
    send: async (tx, mail) => {
      const code = JSON.stringify({ ...mail, reference: mail.reference ?? randomUUID() })
      const sealed = vault.seal(Buffer.from(code), CONTEXT).toString('base64')
      await addJob(tx, sendMailCodeJob, { sealed }, { maxAttempts: 3 })
    },
  }
}

/** Carries a sealed code out through the operator's mailbox, as long as it is good. Throws to be tried again. */
export async function sendMailCode(
  { clock }: Pick<DoorDeps, 'clock'>,
  doors: Doors,
  vault: Vault,
  sealed: string,
): Promise<void> {
  const opened = vault.open(Buffer.from(sealed, 'base64'), CONTEXT).toString('utf8')
  const { until, ...mail } = CodeMail.parse(JSON.parse(opened))
  if (until && until <= clock.now()) return
  const open = await doors.all()
  const door = open.find(({ account }) => account.kind === 'email' && account.state === 'active')
  if (!door) throw new Error('no mailbox is open: codes cannot be sent')
  const result = await sendCodeByMail({}, door.account, mail)
  if (result.outcome !== 'sent') throw new Error(`code not sent: ${result.reason}`)
}
