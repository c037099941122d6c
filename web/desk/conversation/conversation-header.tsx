import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowLeft, IconArrowRight, IconEye, IconLayoutSidebarRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { Conversation } from '../../../contracts/conversations.ts'
import { formatMoment } from '../../shared/format/index.ts'
import { Actions } from '../actions/actions.tsx'
import { openDialog } from '../actions/open-dialog.ts'
import { readPreference, writePreference } from '../app/preferences.ts'
import { useWords } from '../app/words.ts'
import { topicPath, topicsQuery } from '../data/knowledge.ts'
import { goOn } from '../inbox/go-on.ts'
import { useInboxFilter } from '../inbox/use-inbox-filter.ts'
import { useViewers } from '../live/presence.ts'
import { usePersonName } from '../parts/person-name.ts'
import { useMe } from '../session/use-me.ts'
import styles from './conversation.module.css'

function Facts({ conversation }: { conversation: Conversation }) {
  const { t, locale } = useWords()
  const { me } = useMe()
  const tree = useQuery(topicsQuery).data?.topics ?? []
  const others = useViewers(conversation.id).filter((one) => one.id !== me?.member.id)
  const { number, state, assignee, reopened, topicId, outcome, snoozedUntil, callBack } = conversation
  return (
    <div className={styles.facts}>
      <span className="numeric">{t('inbox.number', { number })}</span>
      <span>
        ·{' '}
        {state === 'snoozed' && snoozedUntil && !callBack
          ? t('conversation.snoozedUntil', { at: formatMoment(snoozedUntil, locale) })
          : t(`one.${state}`)}
      </span>
      {state === 'resolved' && outcome && <span>· {t(`outcome.${outcome}`)}</span>}
      {reopened > 0 && <span>· {t('conversation.reopened', { count: reopened })}</span>}
      {(assignee || state !== 'resolved') && (
        <span>
          ·{' '}
          {assignee
            ? assignee.id === me?.member.id
              ? t(state === 'resolved' ? 'conversation.wasMine' : 'conversation.mine')
              : assignee.name
            : t('conversation.nobody')}
        </span>
      )}
      {others.length > 0 && (
        <span className={`${styles.fact} ${styles.viewers}`}>
          · <IconEye size={13} aria-hidden />{' '}
          {t('conversation.viewers', {
            names: others.map((one) => one.name).join(', '),
            count: others.length,
          })}
        </span>
      )}
      <span>
        ·{' '}
        <button type="button" className={styles.link} onClick={() => openDialog('topic')}>
          {topicId ? topicPath(tree, topicId, locale) : t('conversation.setTopic')}
        </button>
      </span>
    </div>
  )
}

/** Who this is, how the matter stands, what can be done with it. */
export function ConversationHeader({ conversation }: { conversation: Conversation }) {
  const { t } = useWords()
  const nameOf = usePersonName()
  const { filter } = useInboxFilter()
  const navigate = useNavigate()
  const toggleCard = () => {
    if (matchMedia('(max-width: 1179px)').matches) {
      void navigate({
        to: '.',
        search: (search) => ({ ...search, card: !('card' in search && search.card) }),
      })
    } else writePreference('card', readPreference('card') === 'off' ? 'on' : 'off')
  }
  return (
    <header className={styles.header}>
      <ActionIcon
        className={styles.back}
        size={40}
        aria-label={t('conversation.back')}
        renderRoot={(props) => <Link to="/inbox" search={filter} {...props} />}
      >
        <IconArrowLeft size={20} />
      </ActionIcon>
      <div className={styles.who}>
        <h2 className={styles.name} title={nameOf(conversation.person)}>
          {nameOf(conversation.person)}
        </h2>
        <Facts conversation={conversation} />
      </div>
      <Actions conversation={conversation} />
      <Tooltip label={`${t('conversation.next')} · ]`}>
        <ActionIcon className={styles.next} aria-label={t('conversation.next')} onClick={goOn}>
          <IconArrowRight size={18} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('card.toggle')}>
        <ActionIcon aria-label={t('card.toggle')} onClick={toggleCard}>
          <IconLayoutSidebarRight size={18} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
    </header>
  )
}
