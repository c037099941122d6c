import { Button, Group, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type AssistantDoor, assistant } from '../../../contracts/assistant.ts'
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

/** What is read again after a door was changed. */
const READS = ['channel-accounts']

/** Doors of our own: nobody outside has to answer for them. */
const isOurs = (kind: ChannelKind) => kind === 'web-chat' || kind === 'my'

/** The doors: how they are, by what rule they speak, pause and set-up. */
export function Channels() {
  const { t } = useWords()
  const { may } = useMe()
  const query = useQuery(channelsQuery)
  const doors = useQuery(assistantDoorsQuery).data
  const [edited, setEdited] = useState<ChannelAccount | 'new' | null>(null)
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
              { head: t('channels.title'), cell: (one) => <Name account={one} /> },
              {
                head: t('channels.state'),
                cell: (one) => (
                  <span className={one.state === 'paused' ? styles.warn : ''}>
                    {t(`channels.${one.state}`)}
                  </span>
                ),
              },
              { head: t('channels.health'), cell: (one) => <Health account={one} /> },
              { head: t('channels.policy'), cell: (one) => t(`channels.${one.policy}`) },
              {
                head: t('channels.assistant'),
                cell: (one) => <AssistantSwitch account={one} doors={doors} />,
              },
              { head: '', cell: (one) => <Acts account={one} edit={() => setEdited(one)} /> },
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

interface CellProps {
  readonly account: ChannelAccount
}

const Name = ({ account: { kind, name, webhookPath } }: CellProps) => (
  <>
    <ChannelMark channel={kind} bare /> {name}
    {webhookPath && <div className={styles.code}>{webhookPath}</div>}
  </>
)

function Health({ account: { kind, health } }: CellProps) {
  const { t, locale } = useWords()
  const sayReason = useReason()
  if (isOurs(kind)) return <span className={styles.dim}>{t('channels.builtIn')}</span>
  return (
    <>
      <span className={TONE[health.state]}>{t(`channels.${health.state}`)}</span>
      <div className={styles.dim}>
        {health.reason && sayReason(health.reason)}
        {health.checkedAt && ` ${formatMoment(health.checkedAt, locale)}`}
      </div>
    </>
  )
}

/** Whether the assistant answers here. */
function AssistantSwitch({
  account: { id, name, policy },
  doors,
}: CellProps & { doors: readonly AssistantDoor[] | undefined }) {
  const { t } = useWords()
  const { may } = useMe()
  const isOn = doors?.find(({ channelAccountId }) => channelAccountId === id)?.on ?? false
  // It speaks only where everything may be said; where it was left on, it can be switched off.
  if (!may('admin') || (policy !== 'full' && !isOn))
    return <span className={styles.dim}>{t(`channels.assistant${isOn ? 'On' : 'Off'}`)}</span>
  const letAnswer = (on: boolean) =>
    run(call(assistant.setAssistantDoor, { params: { id }, body: { on } }), ['assistant-doors'])
  return (
    <Switch
      aria-label={t('channels.assistantAt', { name })}
      checked={isOn}
      disabled={!doors}
      onChange={(event) => void letAnswer(event.currentTarget.checked)}
    />
  )
}

function Acts({ account: { id, kind, state }, edit }: CellProps & { edit: () => void }) {
  const { t } = useWords()
  const { may } = useMe()
  const params = { id }
  const other = state === 'active' ? 'paused' : 'active'
  const check = () => run(call(channels.checkChannelAccount, { params }), READS)
  const pauseOrResume = () =>
    run(call(channels.changeChannelAccount, { params, body: { state: other } }), READS)
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      {!isOurs(kind) && (
        <Button variant="default" onClick={() => void check()}>
          {t('channels.check')}
        </Button>
      )}
      {may('admin') && (
        <>
          <Button variant="default" onClick={() => void pauseOrResume()}>
            {t(state === 'active' ? 'channels.pause' : 'channels.resume')}
          </Button>
          <Button variant="default" onClick={edit}>
            {t('channels.edit')}
          </Button>
        </>
      )}
    </Group>
  )
}
