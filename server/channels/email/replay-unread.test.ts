import { afterAll, beforeAll, expect, test } from 'vitest'
import { contracts } from '../../../contracts/index.ts'
import { aStaffCaller } from '../../../test/factories/caller.ts'
import { eventually } from '../../../test/factories/eventually.ts'
import { anOtklik, type TestOtklik } from '../../../test/factories/otklik.ts'
import {
  aMail,
  aMailbox,
  type Dovecot,
  MAILBOX_SECRETS,
  type SmtpSink,
  startDovecot,
  startSmtpSink,
} from '../../../test/mail/index.ts'
import { rows, sql } from '../../platform/database/index.ts'

const PATIENCE_MS = 60_000
const user = 'replay@volna.example'
let dovecot: Dovecot
let sink: SmtpSink
let otklik: TestOtklik
beforeAll(async () => {
  dovecot = await startDovecot()
  sink = await startSmtpSink()
  otklik = await anOtklik()
})
afterAll(async () => {
  await otklik.end()
  await sink.close()
  await dovecot.end()
})

test('a mail that the server did not give stands on the timeline after a replay, once it does', async () => {
  for (const text of ['до', 'испорчено', 'после']) await dovecot.deliver(user, aMail(text).raw)
  await dovecot.spoil(user, 'испорчено')
  await otklik.openDoor({
    kind: 'email',
    name: 'Почта',
    policy: 'full',
    settings: aMailbox(dovecot, sink, { user, folder: 'INBOX' }),
    secrets: MAILBOX_SECRETS,
  })
  await otklik.reconcileDoors()
  const irina = await aStaffCaller(otklik.url, otklik.logins.irina)
  const { id } = await eventually(async () => {
    const { items } = await irina.call(contracts.channels.listUnfiledEvents, {})
    return items.find(({ reason }) => reason.startsWith('MailUnread'))
  }, PATIENCE_MS)
  await dovecot.mend(user)
  // It may have been tried again by itself at that very moment: then there is nothing left to replay.
  await irina
    .call(contracts.channels.replayUnfiledEvent, { params: { id } })
    .catch((error: unknown) => expect(error).toMatchObject({ problem: { code: 'not_found' } }))
  await eventually(async () => {
    const found = await rows(
      otklik.db,
      sql<{
        late: boolean
      }>`select e.late from timeline.entry e join timeline.entry_body b using (lane_id, seq)
        where b.body->>'text' = 'испорчено'`,
    )
    expect(found).toEqual([{ late: true }])
    return true
  })
  const { total } = await irina.call(contracts.channels.listUnfiledEvents, {})
  expect(total).toBe(0)
}, 120_000)
