import { rows, sql } from '../../../server/platform/database/index.ts'
import { eventually } from '../../factories/eventually.ts'
import { aMail, aMailbox, MAILBOX_SECRETS } from '../../mail/index.ts'
import type { News, SentFile, TestDoor, Traits, Trouble } from '../door.ts'
import { type Installation, PATIENCE_MS } from '../installation.ts'

export const emailTraits: Traits = {
  kind: 'email',
  webhook: false,
  files: true,
  edits: false,
  leaving: false,
  pushes: true,
  repeatsSafely: false,
  receipts: false,
  // More is cut, and kept whole as it came.
  longest: 90_000,
  burst: 50,
}

const ADDRESS = 'support@volna.example'
/** More than the mail of the largest files that servers pass on. */
const TOO_LARGE = 24 * 1024 * 1024
const TROUBLES = {
  busy: { at: 'data', code: 451, words: '4.7.0 come back later' },
  broken: { at: 'rcpt', code: 450, words: '4.2.0 mailbox is locked' },
  deaf: { at: 'lost-after-data' },
} as const satisfies Record<Trouble, unknown>

export async function openEmail(installation: Installation): Promise<TestDoor> {
  const { dovecot, sink, next, otklik } = installation
  const accountId = await installation.openDoor({
    kind: 'email',
    settings: aMailbox(dovecot, sink, { user: ADDRESS }),
    secrets: MAILBOX_SECRETS,
  })
  const raws = new Map<News, string>()
  const news = (raw: string): News => {
    const made: News = {
      tell: async () => {
        await dovecot.deliver(ADDRESS, raw)
        return 200
      },
      tellAndHangUp: async () => {
        await made.tell()
        await forgetPlace(installation, accountId)
      },
    }
    raws.set(made, raw)
    return made
  }
  return {
    kind: 'email',
    accountId,
    tellAll: (all) =>
      dovecot.append(
        ADDRESS,
        'INBOX',
        all.map((one) => raws.get(one) ?? ''),
      ),
    tellNonsense: async () => {
      const senderless = { From: undefined, 'Return-Path': undefined }
      await dovecot.append(ADDRESS, 'INBOX', [aMail('Кто я?', senderless).raw])
      return 1
    },
    trouble: (kind) => void sink.troubles.push(TROUBLES[kind]),
    newcomer: async () => {
      const address = `guest-${next()}@mail.example`
      const headers = { From: `Гость <${address}>` }
      return {
        externalId: address,
        opens: async () => undefined,
        says: (text) => news(aMail(text, headers).raw),
        sends: async (file, words) => {
          await news(withFile(file, words, headers)).tell()
        },
        offersTooMuch: (words) =>
          news(
            withFile(
              { name: 'много.bin', type: 'application/octet-stream', bytes: Buffer.alloc(TOO_LARGE) },
              words,
              headers,
            ),
          ),
        heard: async () =>
          sink.taken.flatMap(({ to, parsed }) =>
            to.includes(address) ? [parsed.text.split(/\r?\n/)[0] ?? ''] : [],
          ),
      }
    },
  }

  function withFile({ name, type, bytes }: SentFile, words: string, headers: Record<string, string>): string {
    const encoded = Buffer.from(name).toString('base64')
    const boundary = `b-${next()}`
    const lines = [
      `--${boundary}`,
      'Content-Type: text/plain; charset=utf-8',
      '',
      words,
      `--${boundary}`,
      `Content-Type: ${type}`,
      `Content-Disposition: attachment; filename="=?utf-8?B?${encoded}?="`,
      'Content-Transfer-Encoding: base64',
      '',
      bytes.toString('base64').replace(/.{76}/g, '$&\n'),
      `--${boundary}--`,
    ]
    return aMail(lines.join('\n'), { ...headers, 'Content-Type': `multipart/mixed; boundary="${boundary}"` })
      .raw
  }

  /** The reader ends before it has noted how far it read, and begins anew. */
  async function forgetPlace(place: Installation, id: string): Promise<void> {
    const set = (state: string) =>
      rows(otklik.db, sql`update timeline.channel_account set state = ${state} where id = ${id}`)
    const reread = async () => {
      await otklik.timeline.context.doors.refresh()
      await otklik.reconcileDoors()
    }
    await settled(place, id)
    await set('paused')
    await reread()
    await rows(otklik.db, sql`update timeline.channel_account set cursor = '{}' where id = ${id}`)
    await set('active')
    await reread()
  }

  /** Until the reader has noted a place: what was delivered before has come in. */
  function settled({ otklik: { db } }: Installation, id: string) {
    return eventually(async () => {
      const [row] = await rows(
        db,
        sql`select id from timeline.channel_account where id = ${id} and cursor <> '{}'`,
      )
      return row
    }, PATIENCE_MS)
  }
}
