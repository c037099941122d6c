/**
 * Real mail servers for tests, on loopback and in temporary folders: a Dovecot to receive from, an SMTP server to send to, and the mailbox
 * of the operator between them.
 */
export { type Dovecot, startDovecot } from './dovecot.ts'
export { aMailbox, MAILBOX_SECRETS } from './mailbox.ts'
export { aMail } from './mails.ts'
export { type SmtpSink, startSmtpSink, type TakenMail, type Trouble } from './smtp-sink.ts'
