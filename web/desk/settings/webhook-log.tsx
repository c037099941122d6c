import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { integrations } from '../../../contracts/integrations.ts'
import { formatMoment } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { PagesTable } from './pages-table.tsx'
import { run } from './run.ts'
import styles from './settings.module.css'

const TONE = { waiting: styles.dim, delivered: styles.good, failed: styles.bad } as const

/** What was told to one listener, and how it answered. */
export function WebhookLog({ id }: { id: string }) {
  const { t, locale } = useWords()
  const query = useInfiniteQuery({
    queryKey: ['webhook-log', id],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(integrations.listWebhookDeliveries, {
        params: { id },
        query: { limit: 50, ...(pageParam && { after: pageParam }) },
        signal,
      }),
    getNextPageParam: (page) => page.next,
  })
  return (
    <section style={{ marginTop: 24 }}>
      <PagesTable
        title={t('webhooks.log')}
        query={query}
        columns={[
          { head: t('audit.at'), cell: (one) => formatMoment(one.createdAt, locale) },
          { head: t('webhooks.events'), cell: (one) => one.event },
          {
            head: t('staff.state'),
            cell: (one) => (
              <span className={TONE[one.state]}>
                {t(`webhooks.${one.state}`)}
                {one.status !== null && ` · ${one.status}`}
              </span>
            ),
          },
          { head: t('unfiled.attempts'), cell: (one) => one.attempts },
          { head: t('audit.reason'), cell: (one) => one.reason },
          {
            head: '',
            cell: (one) => (
              <Button
                variant="default"
                onClick={() =>
                  void run(
                    call(integrations.redeliverWebhook, { params: { id: one.id } }),
                    ['webhook-log'],
                    t('webhooks.queued'),
                  )
                }
              >
                {t('webhooks.redeliver')}
              </Button>
            ),
          },
        ]}
      />
    </section>
  )
}
