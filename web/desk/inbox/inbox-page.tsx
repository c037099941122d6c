import { IconMessages } from '@tabler/icons-react'
import { Outlet, useParams } from '@tanstack/react-router'
import { useWords } from '../app/words.ts'
import { Empty } from '../parts/states.tsx'
import styles from './inbox.module.css'
import { InboxFilters } from './inbox-filters.tsx'
import { InboxList } from './inbox-list.tsx'
import { InboxTabs } from './inbox-tabs.tsx'

/** The inbox beside the open conversation; on a phone one covers the other. */
export function InboxPage() {
  const { t } = useWords()
  const { conversationId } = useParams({ strict: false })
  return (
    <div className={styles.page} data-inside={conversationId !== undefined}>
      <section className={styles.column} aria-label={t('inbox.name')}>
        <h1 className="visually-hidden">{t('inbox.name')}</h1>
        <InboxTabs />
        <InboxFilters />
        <InboxList />
      </section>
      <main className={styles.place}>
        <Outlet />
      </main>
    </div>
  )
}

/** Before anything is chosen: how to go on without a mouse. */
export function NothingChosen() {
  const { t } = useWords()
  return (
    <Empty
      title={t('inbox.choose')}
      hint={t('inbox.chooseHint')}
      icon={<IconMessages size={32} stroke={1.2} />}
    />
  )
}
