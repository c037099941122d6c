import { afterEach, beforeEach, expect, test } from 'vitest'
import { anAccount } from '../../../test/conformance/doorstep.ts'
import { MAILBOX_SECRETS, type SmtpSink, startSmtpSink } from '../../../test/mail/index.ts'
import { sendCodeByMail } from './index.ts'

let sink: SmtpSink
beforeEach(async () => {
  sink = await startSmtpSink()
})
afterEach(() => sink.close())

const account = () =>
  anAccount(
    'email',
    {
      address: 'support@volna.example',
      name: 'Волна',
      imap: { host: '127.0.0.1', port: 1, secure: false, user: 'support' },
      smtp: { host: '127.0.0.1', port: sink.port, secure: false },
    },
    MAILBOX_SECRETS,
  )
const mail = {
  address: 'anna@mail.example',
  subject: '123456 — код входа',
  text: 'Код входа в приложение: 123456',
  reference: '0197f3a0-0000-7000-9000-00000000000a',
}

test('a code leaves as a mail that no machine answers and nobody is told the failure of', async () => {
  expect(await sendCodeByMail({}, account(), mail)).toMatchObject({ outcome: 'sent' })
  const [taken] = sink.taken
  expect(taken).toMatchObject({ from: '', to: ['anna@mail.example'] })
  expect(taken?.raw.toString()).toMatch(/^Auto-Submitted: auto-generated/m)
  expect(taken?.raw.toString()).toMatch(/^Message-ID: <code\.0197f3a0-[^>]+@volna\.example>/m)
  expect(taken?.parsed.subject).toBe('123456 — код входа')
})

test('a server that will not take it says so, and may be asked again', async () => {
  sink.troubles.push({ at: 'rcpt', code: 451, words: 'later' })
  expect(await sendCodeByMail({}, account(), mail)).toMatchObject({ outcome: 'retry' })
  expect(await sendCodeByMail({}, { ...account(), settings: {} }, mail)).toEqual({
    outcome: 'failed',
    reason: 'channel_settings_invalid',
  })
})
