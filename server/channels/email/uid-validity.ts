import type { ImapFlow } from 'imapflow'

/** Under what the mailbox's UIDs mean what they do now. */
export function uidValidityOf({ mailbox }: ImapFlow): number {
  if (!mailbox) throw new Error('the mailbox was closed')
  return Number(mailbox.uidValidity)
}
