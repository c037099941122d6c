import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseMail } from './parse-mail.ts'
import { readBounce } from './read-bounce.ts'

const bounceOf = async (text: string) =>
  readBounce(await parseMail(Buffer.from(text.replaceAll('\n', '\r\n'))))

const report = (status: string, returned = 'message/rfc822') => `From: MAILER-DAEMON@mx.example
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

It did not arrive.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

${status}
--b
Content-Type: ${returned}

From: support@example.ru
Message-ID: <o.lane.7.proof@example.ru>

Hello
--b--
`

test('a failed delivery says for whom, why, and which mail', async () => {
  const status =
    'Original-Recipient: rfc822;Ivan@Почта.рф\nFinal-Recipient: rfc822; x@y.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1\n no such user\n'
  expect(await bounceOf(report(status))).toEqual({
    originalMessageId: '<o.lane.7.proof@example.ru>',
    deliveries: [
      {
        recipient: 'Ivan@xn--80a1acny.xn--p1ai',
        action: 'failed',
        status: '5.1.1',
        diagnostic: '550 5.1.1 no such user',
      },
    ],
  })
})

test('a delay is no failure, and headers alone name the mail too', async () => {
  const bounce = await bounceOf(
    report('Final-Recipient: rfc822; a@b.ru\nAction: delayed\nStatus: 4.4.7\n', 'text/rfc822-headers'),
  )
  expect(bounce).toMatchObject({
    originalMessageId: '<o.lane.7.proof@example.ru>',
    deliveries: [{ action: 'delayed', status: '4.4.7' }],
  })
})

test('every recipient has a fate of their own', async () => {
  const blocks = [
    'a@b.ru\nAction: relayed\nStatus: 2.0.0',
    'c@d.ru\nStatus: 5.2.2',
    'e@f.ru\nAction: delivered\nStatus: 2.1.5',
  ]
  const bounce = await bounceOf(
    report(blocks.map((block) => `Final-Recipient: rfc822; ${block}\n`).join('\n')),
  )
  expect(bounce?.deliveries.map(({ recipient, action }) => [recipient, action])).toEqual([
    ['a@b.ru', 'delivered'],
    ['c@d.ru', 'failed'],
    ['e@f.ru', 'delivered'],
  ])
})

test('what Exim and qmail wrote is understood', async () => {
  const exim =
    'X-Failed-Recipients: a@b.ru, c@d.ru\nFrom: Mail Delivery System <Mailer-Daemon@x.example>\n\nSMTP error from remote mail server:\n550 5.1.1 unknown user\n\nMessage-ID: <m@n>\n'
  expect(await bounceOf(exim)).toMatchObject({
    originalMessageId: '<m@n>',
    deliveries: [{ recipient: 'a@b.ru', action: 'failed', status: '5.1.1' }, { recipient: 'c@d.ru' }],
  })
  const qmail =
    'From: MAILER-DAEMON@x.example\n\nHi. This is the qmail-send program at x.example.\n\n<a@b.ru>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nMessage-ID: <m@n>\n'
  expect(await bounceOf(qmail)).toMatchObject({
    originalMessageId: '<m@n>',
    deliveries: [{ recipient: 'a@b.ru', status: '5.1.1' }],
  })
})

test('letters, reports of abuse and read receipts are no bounces', async () => {
  const folder = join(import.meta.dirname, '../../../test/fixtures/mail/mime/postal-mime')
  expect(readBounce(await parseMail(readFileSync(join(folder, 'arf.eml'))))).toBeNull()
  expect(await bounceOf('Subject: x\n\nthe status is 5.1.1')).toBeNull()
  expect(
    await bounceOf(
      report(
        'Final-Recipient: rfc822; a@b.ru\nDisposition: automatic-action/MDN-sent-automatically; displayed\n',
      ).replace('message/delivery-status', 'message/disposition-notification'),
    ),
  ).toBeNull()
})
