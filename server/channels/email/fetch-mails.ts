import type { FetchQueryObject, ImapFlow } from 'imapflow'
import { mailLimits } from './mail-limits.ts'
import { NotFetched, type Stumbles } from './stumbles.ts'
import { uidValidityOf } from './uid-validity.ts'
import { unreadMail } from './unread-mail.ts'

export type FetchedMail = { readonly uid: number; readonly source: Buffer }

/** Mails that are fetched with one command: at most so many, and not more bytes than memory has room for. */
const most = { mails: 128, bytes: 16 * 1024 * 1024 }
/** Mails whose sizes are asked for at a time. */
const LISTED = 2_000

/** Which mails are asked for: those above a UID that arrived on a day (`2026-11-27`) or later. */
export interface Wanted {
  readonly afterUid: number
  readonly since: string | undefined
  readonly stumbles: Stumbles
}

/**
 * The mails that are wanted, in their order, a range at a time; the next range is fetched while the caller works on one. Reading changes
 * nothing in the mailbox (PEEK). In the place of a mail that the server does not give, time after time, stands one that says so.
 * @throws NotFetched
 */
export async function* fetchMails(client: ImapFlow, wanted: Wanted): AsyncGenerator<FetchedMail[]> {
  const ranges = wantedRanges(client, wanted)
  const next = async () => {
    const { value: range } = await ranges.next()
    return range && fetchRange(client, range, wanted.stumbles)
  }
  let coming = next()
  for (let mails = await coming; mails; mails = await coming) {
    coming = next()
    // The caller may give up before it asks for these.
    coming.catch(() => undefined)
    if (mails.length > 0) yield mails
  }
}

/** Mails that are fetched together. */
interface Range {
  readonly uids: readonly number[]
  readonly bytes: number
}

async function* wantedRanges(
  client: ImapFlow,
  { afterUid, since, stumbles }: Wanted,
): AsyncGenerator<Range, undefined> {
  const found = await client.search({ uid: `${afterUid + 1}:*`, ...(since && { since }) }, { uid: true })
  // `n:*` names the last mail even when n is above it (RFC 9051 §9, seq-range).
  const uids = (found || []).filter((uid) => uid > afterUid).sort((one, other) => one - other)
  const alone = uids.filter(stumbles.isNear)
  // Their sizes are not asked for: that may be what the server fails at.
  for (const uid of alone) yield { uids: [uid], bytes: Number.POSITIVE_INFINITY }
  for (let at = alone.length; at < uids.length; at += LISTED)
    yield* await sizedRanges(client, uids.slice(at, at + LISTED))
  return undefined
}

async function sizedRanges(client: ImapFlow, uids: readonly number[]): Promise<Range[]> {
  const listed = await fetchAll(client, uids, { size: true })
  const ranges: Range[] = []
  for (const { uid, size = 0 } of listed.toSorted((one, other) => one.uid - other.uid)) {
    const range = ranges.at(-1)
    const fits = range && range.uids.length < most.mails && range.bytes + size <= most.bytes
    if (fits) ranges[ranges.length - 1] = { uids: [...range.uids, uid], bytes: range.bytes + size }
    else ranges.push({ uids: [uid], bytes: size })
  }
  return ranges
}

async function fetchRange(
  client: ImapFlow,
  { uids, bytes }: Range,
  stumbles: Stumbles,
): Promise<FetchedMail[]> {
  const [uid = 0] = uids
  if (uids.length === 1 && stumbles.giveUp(uid))
    return [{ uid, source: unreadMail(uid, uidValidityOf(client)) }]
  const source = bytes > mailLimits.rawBytes ? { maxLength: mailLimits.rawBytes } : true
  const fetched = await fetchAll(client, uids, { source })
  // One that is not told of was deleted meanwhile. One that is, without a byte, lies there and is not to be passed over unseen.
  return fetched
    .map((one) => ({
      uid: one.uid,
      source: one.source?.length ? one.source : unreadMail(one.uid, uidValidityOf(client)),
    }))
    .sort((one, other) => one.uid - other.uid)
}

async function fetchAll(client: ImapFlow, uids: readonly number[], what: FetchQueryObject) {
  try {
    return await client.fetchAll(uids.join(','), { uid: true, ...what }, { uid: true })
  } catch (cause) {
    throw new NotFetched(uids, cause)
  }
}
