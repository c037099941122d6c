import type { ImapFlow } from 'imapflow'
import { expect, test } from 'vitest'
import { fetchMails } from './fetch-mails.ts'
import { createStumbles } from './stumbles.ts'
import { unreadPlaceOf } from './unread-mail.ts'

/** A server on which one mail was deleted after it was found, and another one has lost its bytes. */
const client = {
  mailbox: { uidValidity: 7n },
  search: async () => [1, 2, 3],
  fetchAll: async (_uids: string, { size }: { size?: boolean }) =>
    size
      ? [1, 2, 3].map((uid) => ({ uid, size: 10 }))
      : [{ uid: 1, source: Buffer.from('From: a@x\r\n\r\n') }, { uid: 2 }],
} as unknown as ImapFlow

test('a mail that the server tells of without a byte is passed over visibly, one that is gone is not', async () => {
  const wanted = { afterUid: 0, since: undefined, stumbles: createStumbles() }
  const mails = []
  for await (const some of fetchMails(client, wanted)) mails.push(...some)
  expect(mails.map(({ uid }) => uid)).toEqual([1, 2])
  expect(mails.map(({ source }) => unreadPlaceOf(source))).toEqual([
    undefined,
    { uid: '2', uidValidity: '7' },
  ])
})
