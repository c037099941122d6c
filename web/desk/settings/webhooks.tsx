import { Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import { integrations, type Webhook } from '../../../contracts/integrations.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { queryClient } from '../data/query-client.ts'
import { Dialog } from '../parts/dialog.tsx'
import { DataTable } from './data-table.tsx'
import { Room } from './room.tsx'
import { run } from './run.ts'
import styles from './settings.module.css'
import { WebhookDialog } from './webhook-dialog.tsx'
import { WebhookLog } from './webhook-log.tsx'

/** Whom we tell, of what, and whether it arrives. */
export function Webhooks() {
  const { t } = useWords()
  const [edited, setEdited] = useState<z.infer<typeof Webhook> | 'new' | null>(null)
  const [removed, setRemoved] = useState<z.infer<typeof Webhook> | null>(null)
  const [log, setLog] = useState<string | null>(null)
  const query = useQuery({
    queryKey: ['webhooks'],
    queryFn: ({ signal }) => call(integrations.listWebhooks, { signal }),
  })
  const pause = (id: string, active: boolean) =>
    void run(call(integrations.changeWebhook, { params: { id }, body: { active } }), ['webhooks'])
  return (
    <Room
      title={t('sections.webhooks')}
      hint={t('webhooks.hint')}
      query={query}
      action={<Button onClick={() => setEdited('new')}>{t('webhooks.add')}</Button>}
    >
      {(rows) => (
        <>
          <DataTable
            rows={rows}
            empty={t('webhooks.empty')}
            columns={[
              {
                head: t('webhooks.url'),
                cell: (one) => (
                  <>
                    <span className={styles.code}>{one.url}</span>
                    {one.failing && <div className={styles.bad}>{t('webhooks.failing')}</div>}
                    {!one.active && <div className={styles.warn}>{t('webhooks.paused')}</div>}
                  </>
                ),
              },
              {
                head: t('webhooks.events'),
                cell: (one) => <span className={styles.code}>{one.events.join('\n')}</span>,
              },
              {
                head: '',
                cell: (one) => (
                  <Group gap={4} wrap="nowrap" justify="flex-end">
                    <Button variant="default" onClick={() => setLog(log === one.id ? null : one.id)}>
                      {t('webhooks.log')}
                    </Button>
                    <Button variant="default" onClick={() => setEdited(one)}>
                      {t('webhooks.change')}
                    </Button>
                    <Button variant="default" onClick={() => pause(one.id, !one.active)}>
                      {t(one.active ? 'channels.pause' : 'channels.resume')}
                    </Button>
                    <Button variant="subtle" color="red" onClick={() => setRemoved(one)}>
                      {t('webhooks.remove')}
                    </Button>
                  </Group>
                ),
              },
            ]}
          />
          {removed && (
            <Dialog
              title={t('webhooks.removeTitle')}
              word={t('webhooks.remove')}
              close={() => setRemoved(null)}
              act={async () => {
                await call(integrations.deleteWebhook, { params: { id: removed.id } })
                if (log === removed.id) setLog(null)
                await queryClient.invalidateQueries({ queryKey: ['webhooks'] })
              }}
              danger
            >
              <p className={styles.code}>{removed.url}</p>
              <p>{t('webhooks.removeHint')}</p>
            </Dialog>
          )}
          {log && <WebhookLog id={log} />}
          {edited && (
            <WebhookDialog webhook={edited === 'new' ? null : edited} close={() => setEdited(null)} />
          )}
        </>
      )}
    </Room>
  )
}
