import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { anAccount } from '../../../test/conformance/doorstep.ts'
import { anOutgoingFile, anOutgoingMessage } from '../../../test/conformance/outgoing-message.ts'
import { nothingKept, recordingIntake } from '../../../test/conformance/recording-intake.ts'
import { eventually } from '../../../test/factories/eventually.ts'
import {
  aMail,
  aMailbox,
  type Dovecot,
  MAILBOX_SECRETS,
  type SmtpSink,
  startDovecot,
  startSmtpSink,
} from '../../../test/mail/index.ts'
import { demoMail, startWorld } from '../../../world/index.ts'
import type { ChannelAccountRow, InboundEvent, InboundMessage } from '../../care/timeline/index.ts'
import { createEmailAdapter, headerValues, makeMessageId, makeReplyAddress } from './index.ts'

const log = { warn: () => undefined }
const clock = { now: () => new Date() }
const noDns = async (): Promise<string[]> => {
  throw Object.assign(new Error('no DNS'), { code: 'ECONNREFUSED' })
}
const adapter = createEmailAdapter({
  clock,
  log,
  resolve: noDns,
  timing: { backoffMs: 20, attemptMs: 5_000 },
})
const keys = [Buffer.from(MAILBOX_SECRETS.threadKeys)] as const
const lane = '0197f3a0-0000-7000-9000-00000000000a'

let dovecot: Dovecot
let sink: SmtpSink
let users = 0
beforeAll(async () => {
  dovecot = await startDovecot()
})
afterAll(() => dovecot.end())
beforeEach(async () => {
  sink = await startSmtpSink()
})
const running: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((stop) => stop()))
  await sink.close()
})

/** A mailbox that nobody has written to. */
function anEmptyMailbox(folder = 'INBOX'): { user: string; account: ChannelAccountRow } {
  users += 1
  const user = `support${users}@volna.example`
  return { user, account: anAccount('email', aMailbox(dovecot, sink, { user, folder }), MAILBOX_SECRETS) }
}

async function run(account: ChannelAccountRow, intake: ReturnType<typeof recordingIntake>) {
  const stop = await adapter.run?.(account, intake)
  if (!stop) throw new Error('nothing runs')
  running.push(stop)
  return stop
}

const parse = async (account: ChannelAccountRow, raw: string | Buffer): Promise<InboundEvent> => {
  const [event] = await adapter.parse(account, Buffer.from(raw))
  return event!
}
const parseMessage = async (account: ChannelAccountRow, raw: string | Buffer): Promise<InboundMessage> => {
  const event = await parse(account, raw)
  if (event.kind !== 'message') throw new Error(`a ${event.kind}`)
  return event
}

describe('a mailbox', () => {
  test('is read from its beginning, and IDLE tells of what comes later', async () => {
    const { user, account } = anEmptyMailbox()
    await dovecot.deliver(user, aMail('первое').raw)
    const intake = recordingIntake(adapter, account)
    await run(account, intake)
    await eventually(async () => intake.texts().length === 1)
    await eventually(async () => intake.kept.cursor.lastUid === 1)
    await dovecot.deliver(user, aMail('второе').raw)
    // Far below the minute after which it would have looked by itself.
    await eventually(async () => intake.texts().length === 2, 5_000)
    expect(intake.texts()).toEqual(['первое', 'второе'])
    expect(intake.health).toEqual([{ state: 'ok', reason: null }])
  })

  test('that was read half when the process ended loses and doubles nothing, and keeps each sender’s order', async () => {
    const { user, account } = anEmptyMailbox()
    const mails = Array.from({ length: 300 }, (_, n) =>
      aMail(`${n % 7}/${n}`, { From: `Sender <sender${n % 7}@mail.example>` }),
    )
    await dovecot.append(
      user,
      'INBOX',
      mails.map(({ raw }) => raw),
    )
    const kept = nothingKept()
    let handed = 0
    const dying = recordingIntake(adapter, account, kept, () => {
      handed += 1
      if (handed > 170) throw new Error('the database is away')
    })
    const stop = await run(account, dying)
    await eventually(async () => dying.health.some(({ reason }) => reason === 'internal'))
    await stop()
    const left = kept.events.length
    expect(left).toBeLessThan(300)
    const intake = recordingIntake(adapter, account, kept)
    await run(account, intake)
    await eventually(async () => intake.texts().length === 300)
    await eventually(async () => kept.cursor.lastUid === 300)
    expect(new Set(intake.texts()).size).toBe(300)
    for (let sender = 0; sender < 7; sender++) {
      const numbers = intake
        .texts()
        .flatMap((one) => (one.startsWith(`${sender}/`) ? [Number(one.slice(2))] : []))
      expect(numbers).toEqual(numbers.toSorted((one, other) => one - other))
    }
  })

  test('in which the server cannot read one mail tells of that one and reads all others', async () => {
    const { user, account } = anEmptyMailbox()
    for (const text of ['до', 'испорчено', 'после']) await dovecot.deliver(user, aMail(text).raw)
    await dovecot.spoil(user, 'испорчено')
    const intake = recordingIntake(adapter, account)
    await run(account, intake)
    await eventually(async () => intake.texts().length === 2)
    expect(intake.texts()).toEqual(['до', 'после'])
    expect(intake.health).toContainEqual({ state: 'degraded', reason: 'imap_mail_unreadable' })
    const [unread] = intake.kept.unreadable
    await expect(parse(account, unread!)).rejects.toMatchObject({ name: 'MailUnread', code: '2' })
    await dovecot.deliver(user, aMail('и дальше').raw)
    await eventually(async () => intake.texts().length === 3)
    expect(intake.kept.unreadable).toHaveLength(1)
    expect(intake.health.at(-1)).toEqual({ state: 'ok', reason: null })
  })

  test('is read on within seconds, however many of its mails the server cannot read', async () => {
    const { user, account } = anEmptyMailbox()
    for (const text of ['один', 'испорчено 1', 'испорчено 2', 'два', 'испорчено 3', 'испорчено 4', 'три'])
      await dovecot.deliver(user, aMail(text).raw)
    await dovecot.spoil(user, 'испорчено')
    const patient = createEmailAdapter({ clock, log, resolve: noDns, timing: { backoffMs: 200 } })
    const intake = recordingIntake(patient, account)
    const stop = await patient.run!(account, intake)
    running.push(stop)
    await eventually(async () => intake.texts().length === 3)
    expect(intake.texts()).toEqual(['один', 'два', 'три'])
    expect(intake.kept.unreadable).toHaveLength(4)
  })

  test('gives a mail that was passed over once its server can read it, and says why where it cannot be had', async () => {
    const { user, account } = anEmptyMailbox()
    for (const text of ['до', 'испорчено', 'после']) await dovecot.deliver(user, aMail(text).raw)
    await dovecot.spoil(user, 'испорчено')
    const intake = recordingIntake(adapter, account)
    const stop = await run(account, intake)
    await eventually(async () => intake.texts().length === 2)
    await stop()
    const [unread] = intake.kept.unreadable
    const again = (payload: Buffer) => adapter.fetchAgain!(account, payload)
    await expect(again(unread!)).rejects.toMatchObject({ name: 'MailUnread', code: '2' })
    await dovecot.mend(user)
    expect((await parseMessage(account, (await again(unread!))!)).body.text).toBe('испорчено')
    expect(await again(Buffer.from(aMail('письмо как письмо').raw))).toBeUndefined()
    const renumbered = Buffer.from(unread!.toString().replace(/ \d+\r/, ' 1\r'))
    await expect(again(renumbered)).rejects.toMatchObject({ name: 'MailRenumbered', code: '2' })
    await dovecot.withClient(user, async (client) => {
      await client.mailboxOpen('INBOX')
      await client.messageDelete('2', { uid: true })
    })
    await expect(again(unread!)).rejects.toMatchObject({ name: 'MailGone', code: '2' })
  })

  test('with new numbers (UIDVALIDITY) is read again, which changes nothing', async () => {
    const { user, account } = anEmptyMailbox('Support')
    const mails = ['раз', 'два'].map((text) => aMail(text).raw)
    const fill = (raws: string[]) =>
      dovecot.withClient(user, async (client) => {
        await client.mailboxCreate('Support')
        for (const raw of raws) await client.append('Support', raw)
      })
    await fill(mails)
    const kept = nothingKept()
    const stop = await run(account, recordingIntake(adapter, account, kept))
    await eventually(async () => kept.cursor.lastUid === 2)
    await stop()
    const before = kept.cursor.uidValidity
    // UIDVALIDITY is made from the second.
    await dovecot.withClient(user, (client) => client.mailboxDelete('Support'))
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    await fill([...mails, aMail('три').raw])
    const intake = recordingIntake(adapter, account, kept)
    await run(account, intake)
    await eventually(async () => kept.cursor.lastUid === 3)
    expect(kept.cursor.uidValidity).not.toBe(before)
    expect(intake.texts()).toEqual(['раз', 'два', 'три'])
  })

  test('is left alone but for what arrived since a day, in whatever order it lies there', async () => {
    const { user, account } = anEmptyMailbox()
    const imap = { ...Object(account.settings.imap), since: '2026-11-20' }
    await dovecot.withClient(user, async (client) => {
      for (const [text, arrived] of [
        ['давно', '2025-01-15T12:00:00Z'],
        ['в тот день', '2026-11-20T12:00:00Z'],
        ['накануне', '2026-11-19T12:00:00Z'],
        ['потом', '2026-11-21T12:00:00Z'],
      ] as const)
        await client.append('INBOX', aMail(text).raw, [], new Date(arrived))
    })
    const intake = recordingIntake(adapter, account)
    await run({ ...account, settings: { ...account.settings, imap } }, intake)
    await eventually(async () => intake.texts().length === 2)
    await dovecot.deliver(user, aMail('сейчас').raw)
    await eventually(async () => intake.texts().length === 3)
    expect(intake.texts()).toEqual(['в тот день', 'потом', 'сейчас'])
  })

  test('is found again when its server was away; nobody waits long for its end', async () => {
    const { user, account } = anEmptyMailbox()
    const intake = recordingIntake(adapter, account)
    const stop = await run(account, intake)
    await eventually(async () => intake.health.length === 1)
    await dovecot.stop()
    await eventually(async () => intake.health.at(-1)?.reason === 'imap_unreachable')
    await dovecot.start()
    await eventually(async () => intake.health.at(-1)?.state === 'ok')
    await dovecot.deliver(user, aMail('я снова здесь').raw)
    await eventually(async () => intake.texts().length === 1)
    const began = Date.now()
    await stop()
    expect(Date.now() - began).toBeLessThan(1_000)
  })

  test('with a wrong password or folder is down and says why', async () => {
    const { account } = anEmptyMailbox('Nowhere')
    const wrong = { ...account, secrets: { ...account.secrets, imapPassword: 'wrong' } }
    for (const [one, reason] of [
      [account, 'imap_mailbox_missing'],
      [wrong, 'imap_login_refused'],
    ] as const) {
      const intake = recordingIntake(adapter, one)
      await run(one, intake)
      await eventually(async () => intake.health[0]?.reason === reason)
      expect(intake.health[0]?.state).toBe('down')
      expect(await adapter.check?.(one)).toEqual({ ok: false, reason })
    }
  })

  test('can be tried without reading it', async () => {
    const { account } = anEmptyMailbox()
    expect(await adapter.check?.(account)).toEqual({ ok: true })
    await sink.close()
    expect(await adapter.check?.(account)).toEqual({ ok: false, reason: 'smtp_unreachable' })
    expect(await adapter.check?.({ ...account, settings: {} })).toMatchObject({ ok: false })
  })
})

describe('a mail', () => {
  test('is its own words; quote, signature, look and proof stand beside them', async () => {
    const { account } = anEmptyMailbox()
    const { raw, id } = aMail(
      'Спасибо, помогло!\n\n-- \nИван\n\n24.11.2026, 09:00, Волна <support@volna.example> пишет:\n> Попробуйте так\n',
      {
        'Authentication-Results':
          'mx.volna.example; spf=pass; dkim=none; dmarc=pass header.from=mail.example',
      },
    )
    const message = await parseMessage(account, raw)
    expect(message).toMatchObject({
      key: expect.stringMatching(/^[\w-]{43}$/),
      vouched: 'dmarc',
      messageId: id,
      from: { externalId: 'ivan@mail.example', address: 'ivan@mail.example', displayName: 'Иван Петров' },
      providerAt: new Date('2026-11-24T07:00:00Z'),
      body: {
        text: 'Спасибо, помогло!',
        mail: {
          subject: 'Вопрос',
          from: 'Иван Петров <ivan@mail.example>',
          to: ['support@volna.example'],
          quoted: expect.stringContaining('> Попробуйте так'),
          signature: expect.stringContaining('Иван'),
          authentication: { spf: 'pass', dkim: 'none', dmarc: 'pass' },
        },
      },
    })
    expect(message.machine).toBeUndefined()
    expect(message.body.thread).toBeUndefined()
  })

  test('brings its files, and its images by name', async () => {
    const { account } = anEmptyMailbox()
    const png = Buffer.from('iVBORw0KGgo=', 'base64')
    const raw = [
      'From: a@mail.example\r\nSubject: x\r\nMessage-ID: <f@x>\r\nMIME-Version: 1.0',
      'Content-Type: multipart/related; boundary=b\r\n',
      '--b\r\nContent-Type: text/html; charset=utf-8\r\n',
      '<p>Вот</p><script>alert(1)</script><img src="cid:logo@x"><img src="cid:other"><img src="https://far.example/p.png">',
      '--b\r\nContent-Type: image/png\r\nContent-ID: <logo@x>\r\nContent-Transfer-Encoding: base64\r\n',
      png.toString('base64'),
      '--b\r\nContent-Type: application/pdf; name="счёт.pdf"\r\nContent-Disposition: attachment; filename="bill.pdf"\r\n',
      'pdf',
      '--b--',
    ].join('\r\n')
    const message = await parseMessage(account, raw)
    expect(message.files).toMatchObject([
      { name: 'image.png', contentId: 'logo@x', bytes: png },
      { name: 'bill.pdf', declaredType: 'application/pdf' },
    ])
    const { html, remoteImages } = message.body.mail ?? {}
    expect(html).toContain('src="cid:logo%40x"')
    expect(html).not.toMatch(/script|cid:other|[^-]src="https/)
    expect(remoteImages).toBe(1)
  })

  test('that answers ours says which, whoever writes it; a forged mark says nothing', async () => {
    const { account, user } = anEmptyMailbox()
    const ours = makeMessageId({ laneId: lane, seq: 7 }, 'volna.example', keys)
    const stranger = await parseMessage(
      account,
      aMail('это я с другого адреса', { From: 'new@other.example', 'In-Reply-To': ours.toUpperCase() }).raw,
    )
    expect(stranger).toMatchObject({
      from: { externalId: 'new@other.example' },
      body: { thread: { laneId: lane, seq: 7 } },
      replyTo: ours,
    })
    const token = makeReplyAddress(user, lane, keys)
    const byAddress = await parseMessage(account, aMail('по адресу', { To: token }).raw)
    expect(byAddress.body.thread).toEqual({ laneId: lane, seq: 0 })
    const forgedId = ours.replace('.7.', '.8.')
    const forgedToken = makeReplyAddress(user, lane, [Buffer.from('another key of at least 32 bytes!!!!')])
    const forged = await parseMessage(
      account,
      aMail('поддельное', { 'In-Reply-To': forgedId, References: forgedId, To: forgedToken }).raw,
    )
    expect(forged.body.thread).toBeUndefined()
    expect(forged.replyTo).toBeUndefined()
  })

  test('cannot take the name of another sender’s mail', async () => {
    const { account } = anEmptyMailbox()
    const { raw, id } = aMail('первый')
    const other = aMail('второй', { 'Message-ID': id, From: 'other@mail.example' }).raw
    expect((await parseMessage(account, raw)).key).not.toBe((await parseMessage(account, other)).key)
  })

  test('is another one if it was written at another time, though its machine repeats the Message-ID; the same one is not', async () => {
    const { account } = anEmptyMailbox()
    const id = '<always-the-same@printer.example>'
    const written = (minute: number) =>
      aMail('scan', { 'Message-ID': id, Date: `Mon, 23 Nov 2026 10:0${minute}:00 +0300` }).raw
    const keyOf = async (raw: string) => (await parseMessage(account, raw)).key
    expect(await keyOf(written(1))).not.toBe(await keyOf(written(2)))
    const byOtherWay = `Received: from list.example\r\n${written(1)}`
    expect(await keyOf(byOtherWay)).toBe(await keyOf(written(1)))
  })

  test('of a machine is marked with the reason', async () => {
    const { account } = anEmptyMailbox()
    const message = await parseMessage(
      account,
      aMail('Я в отпуске', { 'Auto-Submitted': 'auto-replied' }).raw,
    )
    expect(message).toMatchObject({ machine: true, body: { mail: { machine: 'auto-submitted' } } })
  })

  test('without Message-ID is known by its bytes, and nothing answers to a name that it has not', async () => {
    const { account } = anEmptyMailbox()
    const raw = aMail('безымянное', { 'Message-ID': undefined }).raw
    const [one, two] = [await parseMessage(account, raw), await parseMessage(account, raw)]
    expect(one.key).toBe(two.key)
    expect(one.key).not.toBe('')
    expect(one.messageId).toBeUndefined()
  })

  test('without a sender cannot be filed', async () => {
    const { account } = anEmptyMailbox()
    await expect(parse(account, aMail('никто', { From: undefined }).raw)).rejects.toThrow('without a sender')
  })

  test('with NULs and a subject of a million letters is stored like any other', async () => {
    const { user, account } = anEmptyMailbox()
    const raw = aMail('нуль\0внутри', { Subject: 'ы'.repeat(1_000_000) }).raw
    const message = await parseMessage(account, raw)
    expect(message.body.text).toBe('нуль\uFFFDвнутри')
    expect(message.body.mail?.subject.length).toBeLessThanOrEqual(500)
    await dovecot.append(user, 'INBOX', [raw.replaceAll('\0', ' ')])
    const intake = recordingIntake(adapter, account)
    await run(account, intake)
    await eventually(async () => intake.texts().length === 1)
  })
})

describe('the mail server of the outside world', () => {
  test('is read and sent through like any other', async () => {
    const world = await startWorld()
    const { imap, smtp } = world.mail
    const { address, user, password } = demoMail
    const account = anAccount(
      'email',
      { address, imap: { ...imap, secure: false, user }, smtp: { ...smtp, secure: false, user } },
      { ...MAILBOX_SECRETS, imapPassword: password, smtpPassword: password },
    )
    expect(await adapter.check?.(account)).toEqual({ ok: true })
    const intake = recordingIntake(adapter, account)
    await run(account, intake)
    const [person] = world.people.list()
    for (const text of ['раз', 'два']) {
      await world.act('mail', person!.key, { act: 'mail', subject: 'Вопрос', text, files: [] })
      await eventually(async () => intake.texts().at(-1) === text, 5_000)
    }
    const [event] = intake.kept.events
    const inReplyTo = event?.kind === 'message' ? (event.messageId ?? null) : null
    const message = anOutgoingMessage(person!.email, {
      subject: 'Вопрос',
      inReplyTo,
      references: [inReplyTo!],
    })
    expect(await adapter.send?.(account, message)).toMatchObject({ outcome: 'sent' })
    expect(world.view('mail', person!.key).messages.at(-1)).toMatchObject({ replyToId: inReplyTo })
    await Promise.all(running.splice(0).map((stop) => stop()))
    await world.close()
  })
})

describe('a bounce', () => {
  const bounceOf = (id: string, action = 'failed', status = '5.1.1') =>
    [
      'From: MAILER-DAEMON@mx.example\r\nTo: support@volna.example\r\nSubject: Undelivered\r\nMessage-ID: <b1@mx.example>',
      'MIME-Version: 1.0\r\nAuto-Submitted: auto-replied',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n',
      '--b\r\nContent-Type: text/plain\r\n\r\nSorry.',
      `--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; ivan@mail.example\r\nAction: ${action}\r\nStatus: ${status}\r\nDiagnostic-Code: smtp; 550 no such user`,
      `--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: ${id}\r\nSubject: x`,
      '--b--\r\n',
    ].join('\r\n')

  test('of our mail marks it failed with the server’s words', async () => {
    const { account } = anEmptyMailbox()
    const ours = makeMessageId({ laneId: lane, seq: 3 }, 'volna.example', keys)
    expect(await parse(account, bounceOf(ours))).toMatchObject({
      kind: 'receipt',
      messageId: ours,
      state: 'failed',
      reason: '5.1.1 550 no such user',
    })
    expect(await parse(account, bounceOf(ours, 'delayed', '4.4.1'))).toMatchObject({ kind: 'ignored' })
  })

  test('that proves nothing is a message of a machine', async () => {
    const { account } = anEmptyMailbox()
    expect(await parse(account, bounceOf('<somebody@else.example>'))).toMatchObject({
      kind: 'message',
      machine: true,
    })
  })
})

describe('an answer', () => {
  const answer = (more = {}) =>
    anOutgoingMessage('ivan@mail.example', {
      laneId: lane,
      subject: 'RE: Re: Вопрос',
      inReplyTo: '<q2@mail.example>',
      references: ['<q1@mail.example>', '<q2@mail.example>'],
      text: 'Добрый день!\nПопробуйте <так>.',
      ...more,
    })

  test('leaves in its thread, with an address that leads back, and its files', async () => {
    const { account, user } = anEmptyMailbox()
    const message = answer({
      files: [anOutgoingFile('application/pdf', Buffer.from('pdf'), 'Счёт за ноябрь.pdf')],
    })
    const id = makeMessageId(message, 'volna.example', keys)
    expect(await adapter.send?.(account, message)).toEqual({ outcome: 'sent', messageId: id })
    const [mail] = sink.taken
    expect(mail).toMatchObject({ from: user, to: ['ivan@mail.example'] })
    expect(mail?.parsed).toMatchObject({
      messageId: id,
      subject: 'Re: Вопрос',
      inReplyTo: ['<q2@mail.example>'],
      references: ['<q1@mail.example>', '<q2@mail.example>'],
      from: { name: 'Волна', address: user },
      replyTo: [{ address: makeReplyAddress(user, lane, keys) }],
      text: expect.stringContaining('Попробуйте <так>.\n\n-- \nСлужба заботы'),
      html: expect.stringContaining('Попробуйте &lt;так&gt;.'),
      attachments: [
        {
          name: 'Счёт за ноябрь.pdf',
          declaredType: 'application/pdf',
          bytes: new Uint8Array(Buffer.from('pdf')),
        },
      ],
    })
    expect(headerValues(mail!.parsed, 'auto-submitted')).toEqual([])
  })

  test('of a machine asks other machines to be silent; a first mail has a subject', async () => {
    const { account } = anEmptyMailbox()
    await adapter.send?.(account, answer({ automatic: true, subject: null, inReplyTo: null, references: [] }))
    const [mail] = sink.taken
    expect(mail?.from).toBe('')
    expect(headerValues(mail!.parsed, 'auto-submitted')).toEqual(['auto-replied'])
    expect(mail?.parsed.subject).toBe('Волна')
  })

  test('is tried again after 4xx, has failed after 5xx', async () => {
    const { account } = anEmptyMailbox()
    sink.troubles.push({ at: 'rcpt', code: 450, words: '4.2.0 greylisted' })
    sink.troubles.push({ at: 'data', code: 451, words: '4.3.0 later' })
    const message = answer()
    for (const words of ['greylisted', 'later'])
      expect(await adapter.send?.(account, message)).toMatchObject({
        outcome: 'retry',
        reason: expect.stringContaining(words),
      })
    expect(await adapter.send?.(account, message)).toMatchObject({ outcome: 'sent' })
    expect(sink.taken).toHaveLength(1)
    sink.troubles.push({ at: 'rcpt', code: 550, words: '5.1.1 no such mailbox' })
    sink.troubles.push({ at: 'data', code: 554, words: '5.7.1 spam' })
    for (const words of ['no such mailbox', 'spam'])
      expect(await adapter.send?.(account, message)).toMatchObject({
        outcome: 'failed',
        reason: expect.stringContaining(words),
      })
  })

  test('whose taking was not confirmed is unknown, and leaves once', async () => {
    const { account } = anEmptyMailbox()
    expect(await adapter.send?.(account, answer())).toMatchObject({ outcome: 'sent' })
    sink.troubles.push({ at: 'lost-after-data' })
    expect(await adapter.send?.(account, answer())).toEqual({
      outcome: 'unknown',
      reason: 'smtp_lost_after_data',
    })
    expect(sink.taken).toHaveLength(2)
  })

  test('whose end the server has not seen was not taken: it may be tried again', async () => {
    const { account } = anEmptyMailbox()
    sink.troubles.push({ at: 'lost-in-data' })
    const files = [anOutgoingFile('video/mp4', Buffer.alloc(8 * 1024 * 1024, 'x'))]
    expect(await adapter.send?.(account, answer({ files }))).toEqual({
      outcome: 'retry',
      reason: 'smtp_unreachable',
    })
  })

  test('waits while the server is away or the password is wrong', async () => {
    const { account } = anEmptyMailbox()
    const guarded = await startSmtpSink({ user: 'volna', password: 'right' })
    const smtp = { host: '127.0.0.1', port: guarded.port, secure: false, user: 'volna' }
    const settings = { ...account.settings, smtp }
    expect(await adapter.send?.({ ...account, settings }, answer())).toMatchObject({
      outcome: 'retry',
      reason: 'smtp_login_refused',
    })
    const secrets = { ...account.secrets, smtpPassword: 'right' }
    expect(await adapter.send?.({ ...account, settings, secrets }, answer())).toMatchObject({
      outcome: 'sent',
    })
    await guarded.close()
    expect(await adapter.send?.({ ...account, settings, secrets }, answer())).toMatchObject({
      outcome: 'retry',
      reason: 'smtp_unreachable',
    })
    expect(await adapter.send?.({ ...account, secrets: {} }, answer())).toMatchObject({ outcome: 'failed' })
  })
})
