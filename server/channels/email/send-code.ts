import type { ChannelAccountRow, SendResult } from '../../care/timeline/index.ts'
import { type EmailDeps, USUAL_TIMING } from './deps.ts'
import { outcomeOf } from './outcome.ts'
import { isSetUp, mailboxOf } from './settings.ts'
import { createSmtpTransport, SendingFailed } from './smtp-transport.ts'
import { oneLine, storableText } from './storable-text.ts'

export interface CodeMail {
  readonly address: string
  readonly subject: string
  readonly text: string
  /** Names the mail: a mail that comes twice is one. */
  readonly reference: string
}

/** Sends a one-time code past the timeline: nothing of it is kept, nobody is told of its failure. */
export async function sendCodeByMail(
  deps: Pick<EmailDeps, 'timing'>,
  account: ChannelAccountRow,
  { address, subject, text, reference }: CodeMail,
): Promise<SendResult> {
  if (!isSetUp(account)) return { outcome: 'failed', reason: 'channel_settings_invalid' }
  const mailbox = mailboxOf(account)
  const timing = { ...USUAL_TIMING, ...deps.timing }
  const messageId = `<code.${reference}@${mailbox.own.domain}>`
  const transport = createSmtpTransport(mailbox, timing)
  try {
    await transport.send(
      {
        from: mailbox.own.from,
        to: [{ name: '', address }],
        subject: oneLine(subject),
        text: storableText(text),
        messageId,
        headers: { 'X-Loop': mailbox.own.loopMark, 'Auto-Submitted': 'auto-generated' },
        envelope: { from: '', to: [address] },
        disableFileAccess: true,
        disableUrlAccess: true,
      },
      AbortSignal.timeout(timing.attemptMs),
    )
    return { outcome: 'sent', messageId }
  } catch (error) {
    if (error instanceof SendingFailed) return outcomeOf(error.cause, error.left)
    throw error
  } finally {
    transport.close()
  }
}
