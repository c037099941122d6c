import { Button, Group, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { assistant } from '../../../contracts/assistant.ts'
import { type ChannelAccount, type ChannelKind, channels } from '../../../contracts/channels.ts'
import { formatMoment } from '../../shared/format/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { assistantDoorsQuery } from '../data/assistant-doors.ts'
import { channelsQuery } from '../data/knowledge.ts'
import { ChannelMark } from '../parts/channel-mark.tsx'
import { useReason } from '../parts/use-reason.ts'
import { useMe } from '../session/use-me.ts'
import { ChannelDialog } from './channel-dialog.tsx'
import { DataTable } from './data-table.tsx'
import { Room } from './room.tsx'
import { run } from './run.ts'
import styles from './settings.module.css'

const TONE = { ok: styles.good, degraded: styles.warn, down: styles.bad, unknown: styles.dim } as const

/** Doors of our own: nobody outside has to answer for them. */
const isOurs = (kind: ChannelKind) => kind === 'web-chat' || kind === 'my'

/** The doors: how they are, by what rule they speak, pause and set-up. */
export function Channels() {
  const { t, locale } = useWords()
  const sayReason = useReason()
  const { may } = useMe()
  const query = useQuery(channelsQuery)
  const answering = useQuery(assistantDoorsQuery).data
  const [edited, setEdited] = useState<ChannelAccount | 'new' | null>(null)
  const reads = ['channel-accounts']
  const pause = (one: ChannelAccount) =>
    run(
      call(channels.changeChannelAccount, {
        params: { id: one.id },
        body: { state: one.state === 'active' ? 'paused' : 'active' },
      }),
      reads,
    )
  const letAnswer = (one: ChannelAccount, on: boolean) =>
    run(call(assistant.setAssistantDoor, { params: { id: one.id }, body: { on } }), ['assistant-doors'])
  return (
    <Room
      title={t('sections.channels')}
      query={query}
      action={may('admin') && <Button onClick={() => setEdited('new')}>{t('channels.add')}</Button>}
    >
      {(rows) => (
        <>
          <DataTable
            rows={rows}
            columns={[
              {
                head: t('channels.title'),
                cell: (one) => (
                  <>
                    <ChannelMark channel={one.kind} bare /> {one.name}
                    {one.webhookPath && <div className={styles.code}>{one.webhookPath}</div>}
                  </>
                ),
              },
              {
                head: t('channels.state'),
                cell: (one) => (
                  <span className={one.state === 'paused' ? styles.warn : ''}>
                    {t(`channels.${one.state}`)}
                  </span>
                ),
              },
              {
                head: t('channels.health'),
                cell: ({ kind, health }) =>
                  isOurs(kind) ? (
                    <span className={styles.dim}>{t('channels.builtIn')}</span>
                  ) : (
                    <>
                      <span className={TONE[health.state]}>{t(`channels.${health.state}`)}</span>
                      <div className={styles.dim}>
                        {health.reason && sayReason(health.reason)}
                        {health.checkedAt && ` ${formatMoment(health.checkedAt, locale)}`}
                      </div>
                    </>
                  ),
              },
              { head: t('channels.policy'), cell: (one) => t(`channels.${one.policy}`) },
              {
                head: t('channels.assistant'),
                cell: (one) => {
                  const on =
                    answering?.find(({ channelAccountId }) => channelAccountId === one.id)?.on ?? false
                  // It speaks only where everything may be said; where it was left on, it can be switched off.
                  if (!may('admin') || (one.policy !== 'full' && !on))
                    return <span className={styles.dim}>{t(`channels.assistant${on ? 'On' : 'Off'}`)}</span>
                  return (
                    <Switch
                      aria-label={t('channels.assistantAt', { name: one.name })}
                      checked={on}
                      disabled={!answering}
                      onChange={(event) => void letAnswer(one, event.currentTarget.checked)}
                    />
                  )
                },
              },
              {
                head: '',
                cell: (one) => (
                  <Group gap={4} wrap="nowrap" justify="flex-end">
                    {!isOurs(one.kind) && (
                      <Button
                        variant="default"
                        onClick={() =>
                          void run(call(channels.checkChannelAccount, { params: { id: one.id } }), reads)
                        }
                      >
                        {t('channels.check')}
                      </Button>
                    )}
                    {may('admin') && (
                      <Button variant="default" onClick={() => void pause(one)}>
                        {t(one.state === 'active' ? 'channels.pause' : 'channels.resume')}
                      </Button>
                    )}
                    {may('admin') && (
                      <Button variant="default" onClick={() => setEdited(one)}>
                        {t('channels.edit')}
                      </Button>
                    )}
                  </Group>
                ),
              },
            ]}
          />
          {edited && (
            <ChannelDialog account={edited === 'new' ? null : edited} close={() => setEdited(null)} />
          )}
        </>
      )}
    </Room>
  )
}
