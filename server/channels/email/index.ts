/**
 * The door of e-mail: IMAP in, SMTP out; what a received mail says and how an outgoing one is written.
 * Purpose: raw bytes → a bounded `ParsedMail`, its thread, its sender's proof, its own words without the quoted ones, its safe HTML.
 * Invariants: no mail can make these functions throw or run away; what is over a limit is cut and named. A thread is found by our own signed
 * marks alone, never by a subject. A sender is nobody we know until DMARC or a code says so. A machine's mail is never answered by a machine.
 */
export { createEmailAdapter } from './adapter.ts'
export {
  type AuthenticationSettings,
  authenticateSender,
  type SenderAuthentication,
} from './authenticate-sender.ts'
export { composeMail, type OutgoingMail, type OwnMailbox } from './compose-mail.ts'
export type { EmailDeps, EmailTiming } from './deps.ts'
export { type FoldedMail, foldQuotes, type MailPart } from './fold-quotes.ts'
export { comparableAddress, type MailAddress, readableAddress, sameAddress } from './mail-address.ts'
export { type MailCut, mailLimits } from './mail-limits.ts'
export {
  type MailKeys,
  type MailPlace,
  makeMessageId,
  makeReplyAddress,
  readMessageId,
  readReplyAddress,
} from './own-ids.ts'
export { headerValues, type MailAttachment, type ParsedMail, parseMail } from './parse-mail.ts'
export { type Bounce, type Delivery, readBounce } from './read-bounce.ts'
export { type MachineVerdict, type OwnMarks, recogniseMachine } from './recognise-machine.ts'
export { makeSafeHtml, type SafeHtml } from './safe-html.ts'
export { type CodeMail, sendCodeByMail } from './send-code.ts'
export { emailSecrets, emailSettings } from './settings.ts'
export { type MailThread, type ThreadHeaders, threadHeaders, threadMail } from './thread-mail.ts'
