import type { Capabilities } from '../../../contracts/channels.ts'
import { type ChannelAccountRow, type ChannelAdapter, settingsProblems } from '../../care/timeline/index.ts'
import { type EmailDeps, USUAL_TIMING } from './deps.ts'
import { fetchAgain } from './fetch-again.ts'
import { createImapClient, imapReason } from './imap-client.ts'
import { smtpReason } from './outcome.ts'
import { readEvent } from './read-event.ts'
import { receive } from './receive.ts'
import { createResolve } from './resolve-names.ts'
import { createMailSender } from './send.ts'
import { emailSecrets, emailSettings, isSetUp, mailboxOf } from './settings.ts'
import { createSmtpTransport } from './smtp-transport.ts'

/** What mail carries: any length; 25 MB is what most servers take of one. */
const capabilities: Capabilities = {
  textMax: null,
  textUnit: 'utf16',
  captionMax: null,
  attachments: { max: 10, maxBytes: 25 * 1024 * 1024 },
  edit: false,
  buttons: null,
  windowHours: null,
  receipts: 'none',
  typing: false,
}

export function createEmailAdapter(deps: EmailDeps): ChannelAdapter {
  const resolve = deps.resolve ?? createResolve(() => deps.clock.now().getTime())
  const sender = createMailSender(deps)
  return {
    kind: 'email',
    checkSettings: (settings) => settingsProblems(emailSettings, settings),
    checkSecrets: (secrets) => settingsProblems(emailSecrets.partial(), secrets),
    capabilities,
    delivery: 'push',
    fetchAgain: (account, payload) => fetchAgain(deps, account, payload),
    parse: async (account, payload) => [await readEvent(account, payload, resolve)],
    send: async (account, message) =>
      isSetUp(account)
        ? sender.send(account, message)
        : { outcome: 'failed', reason: 'channel_settings_invalid' },
    run: async (account, intake) => {
      const stop = receive(deps, account, intake)
      return async () => {
        sender.close(account.id)
        await stop()
      }
    },
    check: (account) => check(deps, account),
    publicPlace: (account) => emailSettings.safeParse(account.settings).data?.address.address ?? null,
  }
}

/** Signs in at both servers. */
async function check(deps: EmailDeps, account: ChannelAccountRow): Promise<{ ok: boolean; reason?: string }> {
  if (!isSetUp(account)) return { ok: false, reason: 'channel_settings_invalid' }
  const mailbox = mailboxOf(account)
  const timing = { ...USUAL_TIMING, ...deps.timing }
  const client = createImapClient(mailbox, timing)
  const transport = createSmtpTransport(mailbox, timing)
  try {
    const imap = await reasonFor(async () => {
      await client.connect()
      await client.mailboxOpen(mailbox.imap.mailbox, { readOnly: true })
    }, imapReason)
    const reason = imap ?? (await reasonFor(() => transport.verify(), smtpReason))
    return reason === undefined ? { ok: true } : { ok: false, reason }
  } finally {
    client.close()
    transport.close()
  }
}

async function reasonFor(
  attempt: () => Promise<void>,
  explain: (error: unknown) => string,
): Promise<string | undefined> {
  try {
    await attempt()
    return undefined
  } catch (error) {
    return explain(error)
  }
}
