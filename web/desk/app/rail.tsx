import { Tooltip } from '@mantine/core'
import {
  IconAlertTriangle,
  IconArrowsExchange,
  IconBook2,
  IconChecks,
  IconCommand,
  IconInbox,
  IconMessageChatbot,
  IconReportAnalytics,
  IconSearch,
  IconSettings,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formatCount } from '../../shared/format/index.ts'
import { approvalsCountQuery } from '../data/approvals.ts'
import { countersQuery } from '../data/inbox.ts'
import { useMe } from '../session/use-me.ts'
import { MeMenu } from './me-menu.tsx'
import styles from './shell.module.css'
import { useWords } from './words.ts'

/** The rail: where one can go, and who one is. At the bottom on a phone. */
export function Rail({ openPalette }: { openPalette: () => void }) {
  const { t } = useWords()
  const { may } = useMe()
  const counters = useQuery({ ...countersQuery, enabled: may('agent', 'supervisor') }).data
  return (
    <nav className={styles.rail} aria-label={t('rail.name')}>
      {may('agent', 'supervisor') && (
        <>
          <Tooltip label={t('rail.inbox')} position="right">
            <Link
              to="/inbox"
              search={{ view: 'mine', state: 'open' }}
              activeOptions={{ includeSearch: false }}
              className={styles.link}
              aria-label={t('rail.inbox')}
            >
              <IconInbox size={20} stroke={1.7} />
            </Link>
          </Tooltip>
          <Tooltip label={t('rail.search')} position="right">
            <Link to="/search" className={styles.link} aria-label={t('rail.search')}>
              <IconSearch size={20} stroke={1.7} />
            </Link>
          </Tooltip>
        </>
      )}
      <Tooltip label={t('rail.knowledge')} position="right">
        <Link to="/knowledge" className={styles.link} aria-label={t('rail.knowledge')}>
          <IconBook2 size={20} stroke={1.7} />
        </Link>
      </Tooltip>
      {may('designer', 'admin') && (
        <Tooltip label={t('rail.assistant')} position="right">
          <Link to="/assistant" className={styles.link} aria-label={t('rail.assistant')}>
            <IconMessageChatbot size={20} stroke={1.7} />
          </Link>
        </Tooltip>
      )}
      {may('supervisor', 'admin') && <ApprovalsLink />}
      {may('supervisor', 'designer', 'admin') && (
        <Tooltip label={t('rail.market')} position="right">
          <Link
            to={may('supervisor', 'admin') ? '/market' : '/market/rules'}
            className={styles.link}
            aria-label={t('rail.market')}
          >
            <IconArrowsExchange size={20} stroke={1.7} />
          </Link>
        </Tooltip>
      )}
      {may('supervisor', 'designer', 'admin') && (
        <Tooltip label={t('rail.containment')} position="right">
          <Link to="/containment" className={styles.link} aria-label={t('rail.containment')}>
            <IconReportAnalytics size={20} stroke={1.7} />
          </Link>
        </Tooltip>
      )}
      {may('supervisor', 'admin') && (
        <Tooltip label={t('rail.unfiled')} position="right">
          <Link to="/unfiled" className={styles.link} aria-label={t('rail.unfiled')}>
            <IconAlertTriangle size={20} stroke={1.7} />
            {counters && counters.unfiled > 0 && (
              <span className={styles.badge}>{formatCount(counters.unfiled)}</span>
            )}
          </Link>
        </Tooltip>
      )}
      <div className={styles.grow} />
      <Tooltip label={`${t('rail.palette')} · Ctrl K`} position="right">
        <button type="button" className={styles.link} onClick={openPalette} aria-label={t('rail.palette')}>
          <IconCommand size={20} stroke={1.7} />
        </button>
      </Tooltip>
      <Tooltip label={t('rail.settings')} position="right">
        <Link to="/settings" className={styles.link} aria-label={t('rail.settings')}>
          <IconSettings size={20} stroke={1.7} />
        </Link>
      </Tooltip>
      <MeMenu />
    </nav>
  )
}

/** Orders that wait for a second pair of eyes, with how many wait for these. */
function ApprovalsLink() {
  const { t } = useWords()
  const count = useQuery(approvalsCountQuery).data?.count ?? 0
  const name = [t('rail.approvals'), count > 0 && t('approvals.waiting', { count })]
    .filter(Boolean)
    .join('. ')
  return (
    <Tooltip label={t('rail.approvals')} position="right">
      <Link to="/approvals" className={styles.link} aria-label={name}>
        <IconChecks size={20} stroke={1.7} />
        {count > 0 && <span className={styles.badge}>{formatCount(count)}</span>}
      </Link>
    </Tooltip>
  )
}
