import { generateKeyPairSync } from 'node:crypto'
import { createTransport } from 'nodemailer'
import { describe, expect, test } from 'vitest'
import { authenticateSender } from './authenticate-sender.ts'
import { parseMail } from './parse-mail.ts'

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})
const records: Record<string, string> = {
  's1._domainkey.sender.ru': `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`,
  '_dmarc.sender.ru': 'v=DMARC1; p=reject',
}
const resolve = async (name: string, type: string) => {
  const record = records[name]
  if (type === 'TXT' && record !== undefined) return [[record]]
  throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' })
}
const away = async (): Promise<string[][]> => {
  throw Object.assign(new Error('no DNS'), { code: 'ETIMEOUT' })
}

const signed = async (from = 'ivan@sender.ru') => {
  const transport = createTransport({
    streamTransport: true,
    buffer: true,
    newline: 'windows',
    dkim: { domainName: 'sender.ru', keySelector: 's1', privateKey },
  })
  const { message } = await transport.sendMail({
    from,
    to: 'support@example.ru',
    subject: 'x',
    text: 'Привет',
  })
  return Buffer.from(message as Buffer)
}
const judge = async (raw: Buffer, authservId: string | null = null, resolver = resolve) =>
  authenticateSender(raw, await parseMail(raw), { authservId, resolve: resolver })

describe('a sender judged from the bytes', () => {
  test('passes by a signature of his own domain', async () => {
    expect(await judge(await signed())).toMatchObject({
      spf: 'unknown',
      dkim: 'pass',
      dmarc: 'pass',
      explain: { source: 'computed', fromDomain: 'sender.ru' },
    })
  })

  test('fails when the mail was changed on the way, though SPF might have passed', async () => {
    const changed = Buffer.from((await signed()).toString().replace('Subject: x', 'Subject: y'))
    expect(await judge(changed)).toMatchObject({ dkim: 'fail', dmarc: 'unknown' })
  })

  test('does not pass by another domain’s signature', async () => {
    expect((await judge(await signed('ivan@bank.ru'))).dmarc).not.toBe('pass')
  })

  test('is unknown without DNS, and for any rubbish', async () => {
    expect(await judge(await signed(), null, away)).toMatchObject({
      spf: 'unknown',
      dkim: 'unknown',
      dmarc: 'unknown',
    })
    for (const text of [
      '',
      '\0\0',
      'DKIM-Signature: v=1; a=x\r\nFrom: a@b.ru\r\n\r\n',
      'From: a@b.ru, c@d.ru\r\n\r\n',
    ]) {
      expect((await judge(Buffer.from(text))).dmarc).not.toBe('pass')
    }
  })
})

describe('a sender judged by our own server', () => {
  const withResults = (results: string, from = 'ivan@sender.ru') =>
    Buffer.from(`${results}\r\nFrom: ${from}\r\nSubject: x\r\n\r\nx`)

  test('has the verdicts that it wrote', async () => {
    const results =
      'Authentication-Results: MX.example.ru 1; spf=softfail smtp.mailfrom=x@sender.ru;\r\n dkim=fail (bad; dkim=pass) header.d=a.ru;\r\n dkim=pass header.d=sender.ru; dmarc=pass (p=REJECT) header.from=sender.ru'
    expect(await judge(withResults(results), 'mx.example.ru', away)).toEqual({
      spf: 'fail',
      dkim: 'pass',
      dmarc: 'pass',
      explain: {
        source: 'own-server',
        fromDomain: 'sender.ru',
        results: [
          { method: 'spf', result: 'softfail', domain: 'sender.ru' },
          { method: 'dkim', result: 'fail', domain: 'a.ru' },
          { method: 'dkim', result: 'pass', domain: 'sender.ru' },
          { method: 'dmarc', result: 'pass', domain: 'sender.ru' },
        ],
      },
    })
  })

  test.each([
    ['another server’s header', 'Authentication-Results: evil.example; dmarc=pass header.from=sender.ru'],
    ['a comment', 'Authentication-Results: mx.example.ru; dmarc=fail (x; dmarc=pass header.from=sender.ru)'],
    [
      'a quoted string',
      'Authentication-Results: mx.example.ru; dmarc=fail reason="a; dmarc=pass" header.from=sender.ru',
    ],
    [
      'a lower header',
      'Authentication-Results: mx.example.ru; dmarc=fail\r\nAuthentication-Results: mx.example.ru; dmarc=pass',
    ],
    ['another From', 'Authentication-Results: mx.example.ru; dmarc=pass header.from=evil.example'],
    ['a server that answered nothing', 'Authentication-Results: mx.example.ru; none'],
  ])('is not believed by %s', async (_, results) => {
    expect((await judge(withResults(results), 'mx.example.ru')).dmarc).not.toBe('pass')
  })
})
