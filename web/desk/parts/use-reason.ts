import { textOfCode } from '../../shared/problems/index.ts'
import { useWords } from '../app/words.ts'

const REASONS = [
  'timeout',
  'network',
  'undelivered',
  'partly_sent',
  'interrupted',
  'restored',
  'defect',
  'settled-by-person',
  'person_left',
  'channel_settings_invalid',
  'channel_token_revoked',
  'webhook_secret_missing',
  'webhook_failing',
  'smtp_unreachable',
  'smtp_login_refused',
  'smtp_lost_after_data',
  'imap_unreachable',
  'imap_login_refused',
  'imap_mailbox_missing',
  'imap_mail_unreadable',
] as const

/** These say no more to a reader: `ECONNREFUSED`, `UND_ERR_SOCKET`. What is wrong with a certificate (`ERR_TLS_…`) is worth telling. */
const isOfNetwork = (code: string): boolean => /^(E(?!RR_)[A-Z_]{3,}|UND_ERR_\w+)$/.test(code)

/** What Telegram and MAX say of somebody who has closed the door. */
const isOfLeaving = (words: string): boolean =>
  /bot was blocked by the user|user is deactivated|chat not found|^error\.dialog\.suspended$/i.test(words)

/** Gives why something did not work out: our own words for what we know, else the channel's. */
export function useReason(): (code: string) => string {
  const { t, locale } = useWords()
  return (code) => {
    const meant = isOfNetwork(code) ? 'network' : isOfLeaving(code) ? 'person_left' : code
    const known = REASONS.find((one) => one === meant)
    return known ? t(`reasons.${known}`) : (textOfCode(code, locale) ?? t('delivery.said', { words: code }))
  }
}

const MISFITS = [
  'SenderMissing',
  'MailUnread',
  'MailGone',
  'MailRenumbered',
  'MailboxAway',
  'ZodError',
] as const

/** Gives why an event could not be filed; what is not known is told as it came, as an error. */
export function useMisfit(): (reason: string) => string {
  const { t } = useWords()
  return (reason) => {
    if (reason.includes('not valid JSON')) return t('misfits.json')
    if (reason.endsWith('has not come yet')) return t('misfits.original')
    const [name, detail = ''] = reason.split(' ')
    const known = MISFITS.find((one) => one === name)
    return known ? t(`misfits.${known}`, { detail }) : t('misfits.other', { words: reason })
  }
}
