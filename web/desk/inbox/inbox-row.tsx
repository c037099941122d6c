import {
  IconAlertCircle,
  IconArrowBackUp,
  IconClockExclamation,
  IconMoon,
  IconPhoneOutgoing,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { CallBack, ConversationSummary } from '../../../contracts/conversations.ts'
import { formatDuration, formatShort } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { sayCallBack, stateOfCallBack } from '../parts/call-back.ts'
import { ChannelMark } from '../parts/channel-mark.tsx'
import { initialsOf } from '../parts/initials.ts'
import { usePersonName } from '../parts/person-name.ts'
import { useMe } from '../session/use-me.ts'
import styles from './inbox.module.css'
import { useInboxFilter } from './use-inbox-filter.ts'

/** From here on a wait is shown as too long. */
const TOO_LONG_MS = 10 * 60_000
const MINUTE_MS = 60_000

function PromisedCall({ callBack, now }: { callBack: CallBack; now: number }) {
  const { t, locale } = useWords()
  const state = stateOfCallBack(callBack, now)
  const { at, zone } = sayCallBack(callBack, locale)
  return (
    <span
      className={state === 'coming' ? undefined : styles.late}
      style={{ display: 'inline-flex', gap: 3, alignItems: 'center' }}
      title={`${t(`callBack.${state}`)} ${t('callBack.promised', { at, zone })}`}
    >
      <IconPhoneOutgoing size={13} aria-label={t('callBack.name')} />
      {state === 'coming' ? at : t(`callBack.short.${state}`)}
    </span>
  )
}

function Waiting({ row, now }: { row: ConversationSummary; now: number }) {
  const { t, locale } = useWords()
  if (row.callBack) return <PromisedCall callBack={row.callBack} now={now} />
  if (row.state === 'snoozed' && row.snoozedUntil) {
    return (
      <>
        <IconMoon size={13} aria-hidden />
        {formatShort(row.snoozedUntil, locale)}
      </>
    )
  }
  if (!row.waitingSince) return <>{formatShort(row.lastActivityAt, locale)}</>
  const waited = now - Date.parse(row.waitingSince)
  const text =
    waited < MINUTE_MS ? t('inbox.waitsLittle') : t('inbox.waits', { time: formatDuration(waited, locale) })
  if (waited < TOO_LONG_MS) return <>{text}</>
  return (
    <span className={styles.late} style={{ display: 'inline-flex', gap: 3, alignItems: 'center' }}>
      <IconClockExclamation size={13} aria-hidden />
      {text}
    </span>
  )
}

/** The last words, or why there are none to be read. */
function LastWords({ row: { preview, previewOf, previewBy, assignee } }: { row: ConversationSummary }) {
  const { t } = useWords()
  if (preview !== '') return <>{preview}</>
  if (previewOf !== null) return <>{t(`inbox.sent.${previewOf}`)}</>
  // Nobody is told who wrote what they may not read (need-to-know).
  return <>{t(previewBy === null && assignee ? 'inbox.handled' : 'inbox.noPreview')}</>
}

/** One conversation: who, where, what they said last, how long they wait, whose it is. */
export function InboxRow({ row, gone, now }: { row: ConversationSummary; gone: boolean; now: number }) {
  const { t } = useWords()
  const nameOf = usePersonName()
  const { me } = useMe()
  const { filter } = useInboxFilter()
  return (
    <Link
      to="/inbox/$conversationId"
      params={{ conversationId: row.id }}
      search={filter}
      activeOptions={{ includeSearch: false }}
      className={styles.row}
      data-row={row.id}
      data-gone={gone}
      title={nameOf(row.person)}
    >
      <span className={styles.mark}>
        <ChannelMark channel={row.channel} bare />
      </span>
      <span className={styles.line}>
        <span className={styles.person}>{nameOf(row.person)}</span>
        <span className={styles.side}>
          {gone ? (
            t(filter.view === 'unassigned' ? 'inbox.taken' : 'inbox.gone')
          ) : (
            <Waiting row={row} now={now} />
          )}
        </span>
      </span>
      <span className={styles.line}>
        <span className={styles.preview}>
          {row.previewBy !== null && row.previewBy !== 'subscriber' && (
            <IconArrowBackUp
              size={13}
              aria-label={t('inbox.weAnswered')}
              style={{ verticalAlign: -2, marginRight: 3 }}
            />
          )}
          <LastWords row={row} />
        </span>
        <span className={styles.side}>
          {row.trouble && (
            <span className={styles.trouble} title={t('inbox.trouble')}>
              <IconAlertCircle size={15} aria-label={t('inbox.trouble')} />
            </span>
          )}
          {row.assignee && (
            <span
              className={styles.who}
              data-mine={row.assignee.id === me?.member.id}
              title={row.assignee.name}
            >
              <span aria-hidden>{initialsOf(row.assignee.name)}</span>
              <span className="visually-hidden">{t('inbox.assignedTo', { name: row.assignee.name })}</span>
            </span>
          )}
        </span>
      </span>
    </Link>
  )
}
