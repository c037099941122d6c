import { comparableAddress, splitAddress } from './mail-address.ts'
import type { ParsedMail } from './parse-mail.ts'
import { headerValues } from './parse-mail.ts'

/** Why a mail is held for a machine's. */
export type MachineSign =
  | 'auto-submitted'
  | 'precedence'
  | 'mailing-list'
  | 'null-return-path'
  | 'auto-reply-header'
  | 'own-loop-mark'
  | 'robot-sender'
  | 'own-address'

export type MachineVerdict =
  | { readonly machine: false }
  | { readonly machine: true; readonly why: MachineSign }

/** What of ours a mail may carry back: the value of our X-Loop header and our own addresses. */
export type OwnMarks = { readonly loopMark: string; readonly addresses: readonly string[] }

const robots = /^(?:mailer-daemon|postmaster|(?:no|not|do[-_.]?not)[-_.]?reply)(?:[-_.+].*)?$/i

/**
 * The loop guard of RFC 3834 §2: a machine's mail is stored, but never answered by a machine and never reopens a conversation.
 * X-Auto-Response-Suppress says nothing here: Exchange puts it on letters of persons too.
 */
export function recogniseMachine(mail: Pick<ParsedMail, 'headers' | 'from'>, own: OwnMarks): MachineVerdict {
  const why = signs.find(([, isSign]) => isSign(mail, own))?.[0]
  return why === undefined ? { machine: false } : { machine: true, why }
}

type Mail = Pick<ParsedMail, 'headers' | 'from'>

const signs: readonly (readonly [MachineSign, (mail: Mail, own: OwnMarks) => boolean])[] = [
  ['auto-submitted', (mail) => wordsOf(mail, 'auto-submitted').some((word) => word !== 'no')],
  [
    'precedence',
    (mail) => wordsOf(mail, 'precedence').some((word) => /^(?:bulk|junk|list|auto_reply)$/.test(word)),
  ],
  ['mailing-list', (mail) => has(mail, 'list-id') || has(mail, 'list-unsubscribe')],
  [
    'null-return-path',
    (mail) => headerValues(mail, 'return-path').some((value) => /^<\s*>$/.test(value.trim())),
  ],
  [
    'own-loop-mark',
    (mail, own) => headerValues(mail, 'x-loop').some((value) => value.trim() === own.loopMark),
  ],
  [
    'auto-reply-header',
    (mail) =>
      ['x-autoreply', 'x-autorespond'].some((name) => wordsOf(mail, name).some((word) => word !== 'no')),
  ],
  [
    'own-address',
    ({ from }, own) => from !== null && own.addresses.some((address) => isOwn(from.address, address)),
  ],
  ['robot-sender', ({ from }) => robots.test(splitAddress(from?.address ?? '')?.local ?? '')],
]

/** The first word of each value, lower-cased: parameters and comments follow it. */
function wordsOf(mail: Mail, name: string): string[] {
  return headerValues(mail, name).flatMap((value) => /^\s*([^\s;(]+)/.exec(value)?.[1]?.toLowerCase() ?? [])
}

function has(mail: Mail, name: string): boolean {
  return headerValues(mail, name).some((value) => value.trim() !== '')
}

/** Ours is `support@…` and every `support+token@…`; the local part of our own host does not mind case. */
function isOwn(sender: string, own: string): boolean {
  const ours = splitAddress(comparableAddress(own)?.toLowerCase() ?? '')
  const theirs = splitAddress(sender.toLowerCase())
  if (!ours || !theirs || ours.domain !== theirs.domain) return false
  return theirs.local === ours.local || theirs.local.startsWith(`${ours.local}+`)
}
