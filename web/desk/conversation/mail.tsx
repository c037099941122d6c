import {
  IconArrowBackUp,
  IconCut,
  IconFileUnknown,
  IconRobot,
  IconShieldCheck,
  IconShieldX,
} from '@tabler/icons-react'
import { useState } from 'react'
import type { Entry, EntryBody } from '../../../contracts/entries.ts'
import { listOf } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { LinkedText } from './linked-text.tsx'
import { MailFrame } from './mail-frame.tsx'
import styles from './timeline.module.css'

type MailFacts = NonNullable<Extract<EntryBody, { type: 'message' }>['mail']>

function Authentication({ authentication }: { authentication: NonNullable<MailFacts['authentication']> }) {
  const { spf, dkim, dmarc } = authentication
  const passed = dmarc === 'pass'
  const Icon = passed ? IconShieldCheck : IconShieldX
  return (
    <span className={`${styles.fact} ${passed ? styles.good : styles.warn}`}>
      <Icon size={13} aria-hidden />
      SPF {spf} · DKIM {dkim} · DMARC {dmarc}
    </span>
  )
}

function Fold({ name, text }: { name: string; text: string }) {
  return (
    <details className={styles.fold}>
      <summary>{name}</summary>
      <pre>{text}</pre>
    </details>
  )
}

/** Something that the agent should know before they answer. */
function Hint({ icon: Icon, text }: { icon: typeof IconCut; text: string }) {
  return (
    <p className={styles.hint}>
      <Icon size={15} aria-hidden />
      <span>{text}</span>
    </p>
  )
}

/** What of the letter is not here. */
function Cuts({ cuts }: { cuts: NonNullable<MailFacts['cuts']> }) {
  const { t, locale } = useWords()
  const what = listOf(
    cuts.map((one) => t(`mail.cuts.${one}`)),
    locale,
  )
  return <Hint icon={IconCut} text={t('mail.cut', { what })} />
}

/** The sender wants the answer elsewhere: where it goes all the same, and what the agent can do. */
function AnswerElsewhere({ answerTo, from }: { answerTo: readonly string[]; from: string }) {
  const { t, locale } = useWords()
  const text = t('mail.answerElsewhere', { where: listOf(answerTo, locale), from })
  return <Hint icon={IconArrowBackUp} text={text} />
}

/** A letter: subject, its own words; what it quotes, how it is signed and its own look are folded away. */
export function Mail({
  mail,
  text,
  conversationId,
  entry,
}: {
  mail: MailFacts
  text: string
  conversationId: string
  entry: Pick<Entry, 'laneId' | 'seq'>
}) {
  const { t } = useWords()
  const [rich, setRich] = useState(false)
  return (
    <>
      <p className={styles.subject}>{mail.subject || t('mail.noSubject')}</p>
      <p className={styles.small} style={{ margin: '0 0 6px' }}>
        {mail.from} → {mail.to.join(', ')}
      </p>
      {mail.answerTo && <AnswerElsewhere answerTo={mail.answerTo} from={mail.from} />}
      {rich && mail.html ? (
        <MailFrame
          conversationId={conversationId}
          laneId={entry.laneId}
          seq={entry.seq}
          remoteImages={mail.remoteImages ?? 0}
          subject={mail.subject}
        />
      ) : (
        <p className={styles.text}>
          <LinkedText text={text} />
        </p>
      )}
      {mail.cuts && <Cuts cuts={mail.cuts} />}
      {mail.outlookOnly && <Hint icon={IconFileUnknown} text={t('mail.outlookOnly')} />}
      {!rich && mail.quoted && <Fold name={t('mail.quoted')} text={mail.quoted} />}
      {!rich && mail.signature && <Fold name={t('mail.signature')} text={mail.signature} />}
      <div className={styles.meta} style={{ justifyContent: 'flex-start', marginTop: 6 }}>
        {mail.html && (
          <button type="button" className={styles.plain} onClick={() => setRich((on) => !on)}>
            {t(rich ? 'mail.asText' : 'mail.asLetter')}
          </button>
        )}
        {mail.machine && (
          <span className={styles.fact} title={mail.machine}>
            <IconRobot size={13} aria-hidden />
            {t('mail.machine')}
          </span>
        )}
        {mail.authentication && <Authentication authentication={mail.authentication} />}
      </div>
    </>
  )
}
