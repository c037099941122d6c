import { Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { channels } from '../../../contracts/channels.ts'
import { formatBytes, formatMoment } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { queryClient } from '../data/query-client.ts'
import { ChannelMark } from '../parts/channel-mark.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { say, sayProblem } from '../parts/say.ts'
import { useMisfit } from '../parts/use-reason.ts'
import { LEAST_REASON, ReasonField } from '../person/reason-field.tsx'
import { DataTable } from './data-table.tsx'
import { Room } from './room.tsx'
import styles from './settings.module.css'

function reread(): void {
  for (const key of ['unfiled', 'counters']) void queryClient.invalidateQueries({ queryKey: [key] })
}

function DiscardDialog({ id, close }: { id: string; close: () => void }) {
  const { t } = useWords()
  const [reason, setReason] = useState('')
  const act = async () => {
    await call(channels.discardUnfiledEvent, { params: { id }, body: { reason: reason.trim() } })
    reread()
  }
  return (
    <Dialog
      title={t('unfiled.discard')}
      word={t('unfiled.discard')}
      close={close}
      act={act}
      ready={reason.trim().length >= LEAST_REASON}
      danger
    >
      <ReasonField value={reason} onChange={setReason} focused />
    </Dialog>
  )
}

/** What came in and could not be filed: why, and again. */
export function UnfiledPage() {
  const { t, locale } = useWords()
  const sayMisfit = useMisfit()
  const [discarding, setDiscarding] = useState<string | null>(null)
  const query = useQuery({
    queryKey: ['unfiled'],
    queryFn: ({ signal }) => call(channels.listUnfiledEvents, { signal }),
  })
  const replay = async (id: string) => {
    try {
      const { filed, reason } = await call(channels.replayUnfiledEvent, { params: { id } })
      say(filed ? t('unfiled.filed') : reason ? sayMisfit(reason) : t('unfiled.failed'))
    } catch (error) {
      sayProblem(error)
    }
    reread()
  }
  return (
    <main className={styles.main} style={{ background: 'var(--surface)' }}>
      <Room title={t('unfiled.name')} hint={t('unfiled.hint')} query={query}>
        {({ items }) => (
          <DataTable
            rows={items}
            empty={t('unfiled.empty')}
            columns={[
              { head: t('unfiled.when'), cell: (one) => formatMoment(one.receivedAt, locale) },
              {
                head: t('unfiled.channel'),
                cell: (one) => (
                  <Group gap={6} wrap="nowrap">
                    <ChannelMark channel={one.channel} bare />
                    {one.channelName}
                  </Group>
                ),
              },
              {
                head: t('unfiled.reason'),
                cell: (one) => (
                  <>
                    {sayMisfit(one.reason)}
                    {one.state === 'set-aside' && <div className={styles.dim}>{t('unfiled.set-aside')}</div>}
                  </>
                ),
              },
              { head: t('unfiled.attempts'), cell: (one) => one.attempts },
              {
                head: t('unfiled.size'),
                cell: (one) => (one.bytes > 0 ? formatBytes(one.bytes, locale) : '—'),
              },
              {
                head: '',
                cell: (one) => (
                  <Group gap={4} wrap="nowrap" justify="flex-end">
                    <Button variant="light" onClick={() => void replay(one.id)}>
                      {t('unfiled.replay')}
                    </Button>
                    <Button variant="subtle" color="gray" onClick={() => setDiscarding(one.id)}>
                      {t('unfiled.discard')}
                    </Button>
                  </Group>
                ),
              },
            ]}
          />
        )}
      </Room>
      {discarding && <DiscardDialog id={discarding} close={() => setDiscarding(null)} />}
    </main>
  )
}
