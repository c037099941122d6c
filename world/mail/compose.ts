import { randomUUID } from 'node:crypto'
import { createTransport } from 'nodemailer'
import type { ActNamed } from '../control/acts.ts'
import type { Person } from '../core/people.ts'

/** What a mail answers: the id of that mail, and the ids that it named itself. */
export interface Answered {
  messageId: string
  references: string[]
}

export interface Composed {
  messageId: string
  raw: Buffer
}

/** Makes the bytes of a person's mail, as their mail program would. */
export async function composeMail(
  person: Person,
  to: string,
  mail: ActNamed<'mail'>,
  answered: Answered | undefined,
  at: Date,
): Promise<Composed> {
  const messageId = `<${randomUUID()}@${person.email.split('@')[1]}>`
  const name = `${person.firstName} ${person.lastName}`.trim()
  const { message } = await createTransport({
    streamTransport: true,
    buffer: true,
    newline: 'windows',
  }).sendMail({
    messageId,
    from: { name, address: mail.pretendFrom ?? person.email },
    to,
    date: at,
    subject: mail.subject,
    text: mail.text,
    ...(answered && {
      inReplyTo: answered.messageId,
      references: [...answered.references, answered.messageId],
    }),
    attachments: mail.files.map((file) => ({
      filename: file.name,
      contentType: file.type,
      content: Buffer.from(file.base64, 'base64'),
    })),
  })
  if (!Buffer.isBuffer(message)) throw new TypeError('a buffered transport gives a buffer')
  return { messageId, raw: Buffer.concat([Buffer.from(received(person, mail, at)), message]) }
}

/** What the receiving provider writes on top: a From that is not the sender's own fails DMARC (RFC 8601, 7489). */
function received(person: Person, mail: ActNamed<'mail'>, at: Date): string {
  const domain = (mail.pretendFrom ?? person.email).split('@')[1]
  const dmarc = mail.pretendFrom === undefined ? 'pass' : 'fail'
  const sender = `spf=pass smtp.mailfrom=${person.email}`
  const date = at.toUTCString().replace('GMT', '+0000')
  return [
    `Authentication-Results: mail.otklik.example; ${sender}; dkim=none; dmarc=${dmarc} header.from=${domain}`,
    `Received: from mx.mail.example by mail.otklik.example with ESMTP; ${date}`,
    '',
  ].join('\r\n')
}
