import type { MailCutShown } from '../../../contracts/entries.ts'
import type { MailCut } from './mail-limits.ts'

/** What a reader misses when a limit was met; nothing when it is of no use to them. */
const SHOWN: Readonly<Record<MailCut, MailCutShown | null>> = {
  'too-big': 'rest',
  'too-many-lines': 'rest',
  'too-many-parts': 'rest',
  'too-deep-or-headers-too-big': 'rest',
  'too-many-attachments': 'attachments',
  'too-many-addresses': 'recipients',
  'too-many-headers': null,
  'subject-too-long': 'subject',
  'text-too-long': 'text',
  'html-too-long': 'html',
}

/**
 * What of a mail does not stand on the timeline, as its readers are told; each once.
 * @param read what reading it left out
 * @param kept what keeping it left out besides
 */
export function shownCuts(
  read: readonly MailCut[],
  kept: Readonly<Partial<Record<MailCutShown, boolean>>>,
): MailCutShown[] {
  const found = new Set(read.map((cut) => SHOWN[cut]))
  const order: readonly MailCutShown[] = [
    'rest',
    'subject',
    'text',
    'quoted',
    'html',
    'recipients',
    'attachments',
  ]
  return order.filter((cut) => found.has(cut) || kept[cut] === true)
}
