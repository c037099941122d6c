import { Button, Group, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type AssistantDoor, assistant } from '../../../contracts/assistant.ts'
import { type ChannelAccount, channels } from '../../../contracts/channels.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { assistantDoorsQuery } from '../data/assistant-doors.ts'
import { channelsQuery } from '../data/knowledge.ts'
import { ChannelMark } from '../parts/channel-mark.tsx'
import { say, sayProblem, sayWrong } from '../parts/say.ts'
import { useMe } from '../session/use-me.ts'
import { isOurs } from './channel-advice.ts'
import { ChannelDialog } from './channel-dialog.tsx'
import { ChannelHealth, useChannelTrouble } from './channel-health.tsx'
import { checkChannel } from './check-channel.ts'
import { DataTable } from './data-table.tsx'
import { Room } from './room.tsx'
import { run } from './run.ts'
import styles from './settings.module.css'

/** What is read again after a door was changed. */
const READS = ['channel-accounts']

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
              { head: t('channels.health'), cell: (one) => <ChannelHealth account={one} /> },
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

/** Tries the door and says what came of it: what stands in the list may have been the same before. */
function Check({ account }: CellProps) {
  const { t } = useWords()
  const trouble = useChannelTrouble()
  const [busy, setBusy] = useState(false)
  const check = async () => {
    setBusy(true)
    try {
      const { state, reason } = await checkChannel(account)
      if (state === 'ok') say(t('channels.answers', { name: account.name }))
      else sayWrong(`${account.name}: ${reason ? trouble(account, reason) : t(`channels.${state}`)}`)
    } catch (error) {
      sayProblem(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button variant="default" loading={busy} onClick={() => void check()}>
      {t('channels.check')}
    </Button>
  )
}

function Acts({ account, edit }: CellProps & { edit: () => void }) {
  const { t } = useWords()
  const { may } = useMe()
  const { id, kind, state } = account
  const params = { id }
  const other = state === 'active' ? 'paused' : 'active'
  const pauseOrResume = () =>
    run(call(channels.changeChannelAccount, { params, body: { state: other } }), READS)
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      {!isOurs(kind) && <Check account={account} />}
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
