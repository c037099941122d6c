import { randomBytes, randomUUID } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { readPushKeys } from '../../server/care/my/index.ts'
import { resealAll } from '../../server/compose/reseal.ts'
import { rows, sql } from '../../server/platform/database/index.ts'
import { openLocalFiles } from '../../server/platform/files/index.ts'
import { openVault, SealBroken } from '../../server/platform/vault/index.ts'
import { aCaller, aStaffCaller, aVisitorCaller, type Caller } from '../factories/caller.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'

const { integrations, staff } = contracts
const OLD = randomBytes(32).toString('base64')
const NEW = randomBytes(32).toString('base64')
const PHOTO = Buffer.from('not really a photo, but bytes')
let before: TestOtklik

beforeAll(async () => {
  before = await anOtklik({ env: { OTKLIK_KEY: OLD } })
})
afterAll(() => before.end())

/** A member who signs in with an authenticator; gives how. */
async function anEnrolledMember(url: string, admin: Caller) {
  const email = 'olga@volna.example'
  const { password } = await admin.call(staff.createMember, {
    body: { email, name: 'Ольга', roles: ['agent'], capacity: 5 },
  })
  const fresh = await aStaffCaller(url, { email, password: password! })
  const { secret } = await fresh.call(staff.startSecondFactor)
  const totp = new TOTP({ secret: Secret.fromBase32(secret) })
  await fresh.call(staff.confirmSecondFactor, { body: { code: totp.generate() } })
  return { email, password: password!, totp }
}

async function upload(url: string, visitor: Caller): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob([PHOTO]), 'a.txt')
  const path = contracts.chat.uploadChatAttachment.path
  const answer = await fetch(url + path, { method: 'POST', headers: visitor.headers, body: form })
  const { id } = (await answer.json()) as { id: string }
  await visitor.call(contracts.chat.sendChatMessage, { body: { id: uuid(), text: '', attachmentIds: [id] } })
  return id
}

test('after a rotation the new key alone opens doors, webhooks, authenticators, files, methods of payment and the key of pushes', async () => {
  const doorId = await before.openDoor({
    kind: 'max',
    name: 'MAX',
    policy: 'full',
    settings: { apiBase: 'http://127.0.0.1:1' },
    secrets: { token: 'the-token-of-the-bot', webhookSecret: 'a-webhook-secret-of-the-test' },
  })
  const chat = await before.openDoor({
    kind: 'web-chat',
    name: 'Сайт',
    policy: 'full',
    settings: {},
    secrets: {},
  })
  const admin = await aStaffCaller(before.url, before.logins.admin)
  await admin.call(integrations.createWebhook, {
    body: { url: 'https://crm.example.com/otklik', events: ['message.received'], withBodies: false },
  })
  const olga = await anEnrolledMember(before.url, admin)
  const visitor = await aVisitorCaller(before.url, chat)
  const fileId = await upload(before.url, visitor)

  const pushKey = await readPushKeys(before.db, before)
  const methodId = randomUUID()
  const token = before.vault.seal(Buffer.from('a saved method'), `payment-method:${methodId}`)
  await rows(
    before.db,
    sql`insert into payments.method (id, line_id, party_id, provider, token, title, payment_id, consent_at, consent_words)
      values (${methodId}, ${randomUUID()}, ${randomUUID()}, 'yookassa', ${token}, 'Мир', ${randomUUID()}, ${before.clock.now()}, 'Да')`,
  )

  const both = await openVault({ key: `${NEW},${OLD}`, dataDir: before.dataDir })
  const files = await openLocalFiles({ dataDir: before.dataDir, vault: both, clock: before.clock })
  const lone = await openVault({ key: NEW, dataDir: before.dataDir })
  await expect(resealAll(before.db, lone, files)).rejects.toThrow(SealBroken)
  const doors = await before.timeline.context.doors.all()
  expect(await resealAll(before.db, both, files)).toEqual({
    channels: doors.length,
    webhooks: 1,
    authenticators: 1,
    pushKeys: 1,
    paymentMethods: 1,
    files: 1,
  })
  expect(await resealAll(before.db, both, files)).toEqual({
    channels: 0,
    webhooks: 0,
    authenticators: 0,
    pushKeys: 0,
    paymentMethods: 0,
    files: 0,
  })

  const after = await anOtklik({ beside: before, env: { OTKLIK_KEY: NEW, OTKLIK_DATA: before.dataDir } })
  try {
    expect(await readPushKeys(after.db, after)).toEqual(pushKey)
    const [method] = await rows(after.db, sql<{ token: Buffer }>`select token from payments.method`)
    expect(after.vault.open(method!.token, `payment-method:${methodId}`).toString()).toBe('a saved method')
    const door = await after.timeline.context.doors.find(doorId)
    expect(door?.account.secrets.token).toBe('the-token-of-the-bot')
    const picture = await fetch(`${after.url}/api/v1/chat/attachments/${fileId}`, {
      headers: visitor.headers,
    })
    expect(Buffer.from(await picture.arrayBuffer())).toEqual(PHOTO)
    const [hook] = await rows(
      after.db,
      sql<{ secret: Buffer; id: string }>`select id, secret from integrations.webhook`,
    )
    expect(after.vault.open(hook!.secret, `webhook-secret:${hook!.id}`).toString()).toMatch(/^whsec_/)
    const { email, password, totp } = olga
    // The code of the next half minute: one is used up by the enrolment.
    const code = totp.generate({ timestamp: Date.now() + 30_000 })
    const signedIn = aCaller(after.url, { origin: after.url })
    await signedIn.call(staff.signIn, { body: { email, password, code } })
  } finally {
    await after.end()
  }
})
