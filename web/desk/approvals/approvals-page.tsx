import { Button, Group, Skeleton } from '@mantine/core'
import { IconChecks } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { OrderToApprove } from '../../../contracts/orders.ts'
import { formatDuration, formatPhone } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { approvalsQuery } from '../data/approvals.ts'
import { Effects } from '../lines/effects.tsx'
import { useOrderText } from '../lines/use-order-text.ts'
import { MoreButton } from '../parts/more-button.tsx'
import { Empty, Failed } from '../parts/states.tsx'
import { useNow } from '../parts/use-now.ts'
import settings from '../settings/settings.module.css'
import styles from './approvals.module.css'
import { DecideDialog } from './decide-dialog.tsx'
import { MissingReceipts } from './missing-receipts.tsx'
import { UnknownOrders } from './unknown-orders.tsx'
import { UnknownPayments, UnknownRefunds } from './unknown-payments.tsx'

const MINUTE_MS = 60_000

/** Orders that wait for a second pair of eyes: who asked for what and why, since when; decided by somebody else. */
export function ApprovalsPage() {
  const { t } = useWords()
  const query = useInfiniteQuery(approvalsQuery)
  const [decided, decide] = useState<{ one: OrderToApprove; approve: boolean } | null>(null)
  const waiting = query.data?.pages.flatMap(({ items }) => items)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and whoever has no mouse scrolls it by keys
    <main tabIndex={0} className={settings.main} style={{ background: 'var(--surface)' }}>
      <div className={settings.head}>
        <h1>{t('approvals.name')}</h1>
      </div>
      <p className={styles.hint}>{t('approvals.hint')}</p>
      <UnknownPayments />
      <UnknownOrders />
      <UnknownRefunds />
      <MissingReceipts />
      {query.isPending && <Skeleton height={120} />}
      {query.error && !waiting && <Failed error={query.error} retry={() => void query.refetch()} />}
      {waiting?.length === 0 && (
        <Empty
          title={t('approvals.empty')}
          hint={t('approvals.emptyHint')}
          icon={<IconChecks size={28} stroke={1.5} aria-hidden />}
        />
      )}
      <ul className={styles.list}>
        {waiting?.map((one) => (
          <Waiting key={one.order.id} one={one} decide={(approve) => decide({ one, approve })} />
        ))}
      </ul>
      <MoreButton query={query} mt={12} color="gray" />
      {decided && (
        <DecideDialog order={decided.one.order} approve={decided.approve} close={() => decide(null)} />
      )}
    </main>
  )
}

function Waiting({ one, decide }: { one: OrderToApprove; decide: (approve: boolean) => void }) {
  const { t, locale } = useWords()
  const textOf = useOrderText()
  const now = useNow(MINUTE_MS / 2)
  const { order, msisdn, own } = one
  const { request, by, placedAt, effects } = order
  const age = formatDuration(Math.max(0, now - Date.parse(placedAt)), locale)
  return (
    <li className={styles.order}>
      <div className={styles.what}>
        <h2>
          {textOf(request)} · <span className="numeric">{formatPhone(msisdn)}</span>
        </h2>
        <p className={styles.who}>{t('approvals.asked', { who: by.name ?? '—', age })}</p>
        {'reason' in request && <blockquote>{request.reason}</blockquote>}
        <Effects effects={effects} />
      </div>
      {own ? (
        <p className={styles.own}>{t('approvals.own')}</p>
      ) : (
        <Group gap={6} wrap="nowrap" className={styles.acts ?? ''}>
          <Button variant="default" onClick={() => decide(false)}>
            {t('approvals.decline')}
          </Button>
          <Button onClick={() => decide(true)}>{t('approvals.approve')}</Button>
        </Group>
      )}
    </li>
  )
}
