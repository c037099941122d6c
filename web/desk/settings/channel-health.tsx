import type { ChannelAccount } from '../../../contracts/channels.ts'
import { formatMoment } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { useReason } from '../parts/use-reason.ts'
import { adviceFor, isOurs } from './channel-advice.ts'
import { CHANNEL_FORMS } from './channel-forms.ts'
import styles from './settings.module.css'

const TONE = { ok: styles.good, degraded: styles.warn, down: styles.bad, unknown: styles.dim } as const

/** Gives why a door does not work, and what to look at. */
export function useChannelTrouble(): (account: ChannelAccount, reason: string) => string {
  const { t } = useWords()
  const sayReason = useReason()
  return ({ kind, secrets }, reason) => {
    if (reason === 'channel_settings_invalid' && kind !== 'my') {
      const missing = CHANNEL_FORMS[kind].secrets.filter(
        (one) => one !== 'smtpPassword' && !secrets.includes(one),
      )
      if (missing.length > 0)
        return t('channels.missing', {
          fields: missing.map((one) => t(`channelForm.secret.${one}`)).join(', '),
        })
    }
    const advice = adviceFor(reason)
    return [sayReason(reason), advice && t(`channels.advice.${advice}`)].filter(Boolean).join(' ')
  }
}

/** How a door fares; of one that does not, why, and what to look at. */
export function ChannelHealth({ account }: { account: ChannelAccount }) {
  const { t, locale } = useWords()
  const trouble = useChannelTrouble()
  const { kind, health } = account
  if (isOurs(kind)) return <span className={styles.dim}>{t('channels.builtIn')}</span>
  return (
    <>
      <span className={TONE[health.state]}>{t(`channels.${health.state}`)}</span>
      {health.reason && <div className={styles.dim}>{trouble(account, health.reason)}</div>}
      {health.checkedAt && (
        <div className={styles.dim}>
          {t('channels.checkedAt', { at: formatMoment(health.checkedAt, locale) })}
        </div>
      )}
    </>
  )
}
