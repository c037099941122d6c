import { IconClick, IconMapPin, IconShieldCheck, IconUser } from '@tabler/icons-react'
import type { EntryBody } from '../../../contracts/entries.ts'
import { formatPhone } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { DealCard } from '../market/deal-card.tsx'
import { RefundAbout } from './refund-about.tsx'
import styles from './timeline.module.css'

type Body = Extract<EntryBody, { type: 'message' }>

/** What a message carries besides words: what it answers, a place, a contact, buttons, a pressed button. */
export function MessageExtras({ body }: { body: Body }) {
  const { t } = useWords()
  const { replyTo, forwarded, location, contact, buttons, choice, about } = body
  return (
    <>
      {replyTo && <p className={styles.reply}>{replyTo.excerpt}</p>}
      {forwarded && (
        <p className={styles.reply}>
          {forwarded.from === null
            ? t('message.forwarded')
            : t('message.forwardedFrom', { name: forwarded.from })}
        </p>
      )}
      {location && (
        <a className={styles.file} href={`geo:${location.latitude},${location.longitude}`}>
          <IconMapPin size={16} aria-hidden />
          <span className="numeric">
            {location.latitude.toFixed(5)}, {location.longitude.toFixed(5)}
          </span>
        </a>
      )}
      {contact && (
        <span className={styles.file}>
          <IconUser size={16} aria-hidden />
          <span>
            {contact.name}
            <br />
            <span className="numeric">{formatPhone(contact.msisdn)}</span>
            {contact.proved && (
              <span className={`${styles.fact} ${styles.good} ${styles.small}`}>
                &nbsp;
                <IconShieldCheck size={13} aria-hidden />
                {t('message.contactProved')}
              </span>
            )}
          </span>
        </span>
      )}
      {choice !== undefined && (
        <span className={`${styles.small} ${styles.fact}`}>
          <IconClick size={13} aria-hidden />
          {t('message.choice')}
        </span>
      )}
      {about?.kind === 'refund' && <RefundAbout about={about} />}
      {about?.kind === 'deal' && <DealCard lineId={about.lineId} dealId={about.dealId} />}
      {buttons && buttons.length > 0 && (
        <div className={styles.choices}>
          {buttons.map((button) => (
            <span key={button.payload} className={styles.choice}>
              {button.title}
            </span>
          ))}
        </div>
      )}
    </>
  )
}
