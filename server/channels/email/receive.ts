import type { ImapFlow } from 'imapflow'
import { z } from 'zod'
import type { ChannelAccountRow, Intake } from '../../care/timeline/index.ts'
import { startRepeating } from '../../platform/repeat.ts'
import { type EmailDeps, type EmailTiming, USUAL_TIMING } from './deps.ts'
import { fetchMails, type Wanted } from './fetch-mails.ts'
import { createImapClient, imapReason } from './imap-client.ts'
import { inOrder } from './in-order.ts'
import { mailboxOf } from './settings.ts'
import { createStumbles, NotFetched, type Stumbles } from './stumbles.ts'
import { uidValidityOf } from './uid-validity.ts'

/** Mails that are handed in at the same time. */
const ABREAST = 16
const MAX_BACKOFF_MS = 60_000

/** Up to where the mailbox was read. A UID means something only under its UIDVALIDITY (RFC 9051 §2.3.1.1). */
const Cursor = z.object({ uidValidity: z.number(), lastUid: z.number().int().min(0) })
type Cursor = z.infer<typeof Cursor>

interface Reading {
  readonly timing: EmailTiming
  readonly account: ChannelAccountRow
  readonly intake: Intake
  readonly stumbles: Stumbles
}

/** Reads the mailbox until it is stopped: all that waits, then whatever IDLE or a look in between tells of. Gives what stops it. */
export function receive(deps: EmailDeps, account: ChannelAccountRow, intake: Intake): () => Promise<void> {
  const timing = { ...USUAL_TIMING, ...deps.timing }
  const stumbles = createStumbles()
  const reading: Reading = { timing, account, intake, stumbles }
  return startRepeating({
    work: (signal, well) => readWhileConnected(reading, signal, well),
    pauseMs: 0,
    retry: { baseMs: timing.backoffMs, maxMs: MAX_BACKOFF_MS },
    onFailure: async (error) => {
      if (error instanceof NotFetched) stumbles.note(error)
      deps.log.warn({ err: error, account: account.id }, 'the mailbox cannot be read')
      const reason = reasonOf(error)
      await intake.reportHealth(hopeless.has(reason) ? 'down' : 'degraded', reason)
      return undefined
    },
  })
}

const hopeless = new Set(['channel_settings_invalid', 'imap_login_refused', 'imap_mailbox_missing'])

/** The mails were read, but could not be stored: the mailbox is not to blame. */
class NotStored extends Error {
  override readonly name = 'NotStored'
}

function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError) return 'channel_settings_invalid'
  if (error instanceof NotFetched)
    return error.uids.length === 1 ? 'imap_mail_unreadable' : imapReason(error.cause)
  return error instanceof NotStored ? 'internal' : imapReason(error)
}

async function readWhileConnected(
  { timing, account, intake, stumbles }: Reading,
  signal: AbortSignal,
  well: () => void,
): Promise<void> {
  const mailbox = mailboxOf(account)
  const client = createImapClient(mailbox, timing)
  const close = () => client.close()
  signal.addEventListener('abort', close, { once: true })
  try {
    const news = listen(client)
    await client.connect()
    await client.mailboxOpen(mailbox.imap.mailbox, { readOnly: true })
    await intake.reportHealth('ok', null)
    let cursor: Cursor | undefined = Cursor.safeParse(await intake.readCursor()).data
    while (!signal.aborted) {
      cursor = await catchUp({ client, intake, since: mailbox.imap.since, stumbles, well }, cursor, signal)
      await news(timing.pollMs)
      well()
    }
  } finally {
    signal.removeEventListener('abort', close)
    client.close()
  }
}

interface CatchingUp extends Omit<Wanted, 'afterUid'> {
  readonly client: ImapFlow
  readonly intake: Intake
  /** Some of it is durable: what failed before is overcome. */
  readonly well: () => void
}

/**
 * Hands in what lies above the cursor. The cursor moves on only past what is durable, a range at a time: what was handed in and not
 * noted is handed in again, and known by its name. So is everything once the mailbox has got new numbers.
 */
async function catchUp(
  { client, intake, well, ...asked }: CatchingUp,
  from: Cursor | undefined,
  signal: AbortSignal,
): Promise<Cursor> {
  const uidValidity = uidValidityOf(client)
  let cursor = from?.uidValidity === uidValidity ? from : { uidValidity, lastUid: 0 }
  for await (const mails of fetchMails(client, { afterUid: cursor.lastUid, ...asked })) {
    await inOrder(mails, ABREAST, signal, (source) =>
      intake.receive(source).catch((cause: unknown) => {
        throw new NotStored('mails could not be stored', { cause })
      }),
    )
    if (signal.aborted) break
    cursor = { uidValidity, lastUid: mails.at(-1)?.uid ?? cursor.lastUid }
    await intake.saveCursor(cursor)
    well()
  }
  return cursor
}

/**
 * Hears of new mails from now on. Gives what waits for some: resolves when there were any since it was last asked, or when the time
 * (ms) is over; rejects when the connection is lost.
 */
function listen(client: ImapFlow): (withinMs: number) => Promise<void> {
  let told = false
  let wake: () => void = () => undefined
  let lose: (error: Error) => void = () => undefined
  client.on('exists', () => {
    told = true
    wake()
  })
  client.on('close', () => lose(new Error('the mailbox’s server is gone')))
  return async (withinMs) => {
    let timer: NodeJS.Timeout | undefined
    const waited = new Promise<void>((resolve, reject) => {
      wake = resolve
      lose = reject
      timer = setTimeout(resolve, withinMs)
      if (told || !client.usable) resolve()
    })
    // It goes on until the next command breaks it; its end says nothing.
    const idling = client.idle().catch(() => undefined)
    try {
      await waited
    } finally {
      clearTimeout(timer)
      told = false
      wake = () => undefined
      void idling
    }
  }
}
