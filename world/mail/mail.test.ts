import { ImapFlow } from 'imapflow'
import { createTransport } from 'nodemailer'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { demoMail, startWorld, type World } from '../index.ts'

const auth = { user: demoMail.user, pass: demoMail.password }

describe('the mail provider, read by imapflow and written to by nodemailer', () => {
  let world: World
  let client: ImapFlow
  beforeEach(async () => {
    world = await startWorld({ timeScale: 0.01 })
    client = new ImapFlow({ ...world.mail.imap, secure: false, auth, logger: false })
  })
  afterEach(async () => {
    await client.logout().catch(() => undefined)
    await world.close()
  })
  const write = (subject: string, more: object = {}) =>
    world.act('mail', 'anna', { act: 'mail', subject, text: 'Где мой счёт?', ...more })
  const sources = async (range: string): Promise<string[]> => {
    const got = await client.fetchAll(
      range,
      { uid: true, flags: true, internalDate: true, size: true, source: true },
      { uid: true },
    )
    return got.map((one) => one.source?.toString() ?? '')
  }

  test('a mail from the phone is in INBOX, whole, with rising UIDs', async () => {
    await write('Счёт', { files: [{ name: 'счёт.txt', type: 'text/plain', base64: 'AAEC' }] })
    await write('Ещё')
    await client.connect()
    const box = await client.mailboxOpen('INBOX')
    expect(box.exists).toBe(2)
    expect((await sources('1:*')).map((one) => /^Message-ID: (.*)$/im.exec(one)?.[1])).toEqual(
      world.view('mail', 'anna').messages.map((one) => one.id),
    )
    expect((await sources('1'))[0]).toContain('dmarc=pass')
    expect(await sources('2:*')).toHaveLength(1)
  })

  test('IDLE tells of a new mail at once', async () => {
    await client.connect()
    await client.mailboxOpen('INBOX')
    const seen: number[] = []
    client.on('exists', ({ count }) => void seen.push(count))
    const idling = client.idle()
    await vi.waitFor(() => expect(client.idling).toBe(true))
    await write('Пришло')
    await vi.waitFor(() => expect(seen).toEqual([1]))
    expect(await sources('1:*')).toHaveLength(1)
    await idling
  })

  test('flags, moving, searching, status and a new UIDVALIDITY', async () => {
    await write('раз')
    const { messageIds } = await write('два')
    await client.connect()
    await client.mailboxCreate('Archive')
    const before = await client.mailboxOpen('INBOX')
    await client.messageFlagsAdd('1', ['$Imported', '\\Seen'], { uid: true })
    const first = await client.fetchOne('1', { flags: true }, { uid: true })
    expect(first && [...(first.flags ?? [])].sort()).toEqual(['$Imported', '\\Seen'])
    expect(await client.search({ seen: false }, { uid: true })).toEqual([2])
    expect(await client.search({ header: { 'message-id': messageIds[0]! } }, { uid: true })).toEqual([2])
    const moved = await client.messageMove('1', 'Archive', { uid: true })
    expect(moved).toMatchObject({ uidMap: new Map([[1, 1]]) })
    expect(await client.status('Archive', { messages: true, unseen: true })).toMatchObject({
      messages: 1,
      unseen: 0,
    })
    await client.mailboxClose()
    world.mail.mailbox.renumber(world.mail.mailbox.folder('INBOX')!)
    const after = await client.mailboxOpen('INBOX')
    expect(after.uidValidity).toBe(before.uidValidity + 1n)
    expect(await sources('1:*')).toHaveLength(1)
  })

  test('a wrong password is refused', async () => {
    const stranger = new ImapFlow({
      ...world.mail.imap,
      secure: false,
      auth: { ...auth, pass: 'wrong' },
      logger: false,
    })
    await expect(stranger.connect()).rejects.toMatchObject({ authenticationFailed: true })
  })

  test('the operator’s answer is on the phone; the person’s reply names it', async () => {
    const { messageIds } = await write('Счёт')
    const transport = createTransport({ ...world.mail.smtp, auth })
    const sent = await transport.sendMail({
      from: 'Отклик <support@otklik.example>',
      replyTo: 'support+t0ken@otklik.example',
      to: 'anna@mail.example',
      subject: 'Re: Счёт',
      inReplyTo: messageIds[0]!,
      references: messageIds[0]!,
      text: 'Счёт во вложении.',
      attachments: [{ filename: 'счёт.pdf', content: Buffer.from('%PDF-1.4') }],
    })
    const [, answer] = world.view('mail', 'anna').messages
    expect(answer).toMatchObject({ from: 'operator', text: 'Счёт во вложении.', replyToId: messageIds[0] })
    expect(answer?.items).toMatchObject([{ kind: 'document', name: 'счёт.pdf' }])
    await world.act('mail', 'anna', { act: 'mail', subject: '', text: 'Спасибо', replyTo: answer!.id })
    const raw = world.mail.mailbox.folder('INBOX')!.mails.at(-1)!.raw.toString()
    expect(raw).toContain(`In-Reply-To: ${sent.messageId}`)
    expect(raw).toContain('To: support+t0ken@otklik.example')
    expect(raw.replace(/\r\n\s/g, ' ')).toContain(`References: ${messageIds[0]} ${sent.messageId}`)
  })

  test('unknown and full mailboxes and wrong passwords are refused', async () => {
    const mail = { from: 'support@otklik.example', subject: 'x', text: 'x' }
    const transport = createTransport({ ...world.mail.smtp, auth })
    await expect(transport.sendMail({ ...mail, to: 'nobody@mail.example' })).rejects.toMatchObject({
      responseCode: 550,
    })
    await world.act('mail', 'anna', { act: 'block' })
    await expect(transport.sendMail({ ...mail, to: 'anna@mail.example' })).rejects.toMatchObject({
      responseCode: 552,
    })
    const stranger = createTransport({ ...world.mail.smtp, auth: { ...auth, pass: 'wrong' } })
    await expect(stranger.sendMail({ ...mail, to: 'anna@mail.example' })).rejects.toMatchObject({
      responseCode: 535,
    })
  })
})
