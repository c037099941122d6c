import { Switch } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { assistant } from '../../../contracts/assistant.ts'
import { call } from '../data/api.ts'
import { assistantDoorsQuery } from '../data/assistant-doors.ts'
import { channelsQuery } from '../data/knowledge.ts'
import { sayProblem } from '../parts/say.ts'
import styles from './assistant.module.css'
import { useAssistantWords } from './words.ts'

/** At which doors the assistant answers. */
export function Doors() {
  const { t } = useAssistantWords()
  const client = useQueryClient()
  const doors = useQuery(assistantDoorsQuery).data
  const accounts = useQuery(channelsQuery).data
  const turn = useMutation({
    mutationFn: ({ id, on }: { id: string; on: boolean }) =>
      call(assistant.setAssistantDoor, { params: { id }, body: { on } }),
    onSettled: () => client.invalidateQueries({ queryKey: assistantDoorsQuery.queryKey }),
    onError: (error) => sayProblem(error),
  })
  if (!doors || !accounts) return null
  const rows = accounts.flatMap((account) => {
    const door = doors.find(({ channelAccountId }) => channelAccountId === account.id)
    return door ? [{ account, on: door.on }] : []
  })
  return (
    <section className={styles.doors} aria-label={t('doors.title')}>
      <h2>{t('doors.title')}</h2>
      <p className={styles.dim}>{t('doors.hint')}</p>
      {rows.length === 0 && <p className={styles.dim}>{t('doors.none')}</p>}
      {rows.map(({ account, on }) => (
        <div key={account.id} className={styles.door}>
          <span>
            {account.name} <span className={styles.dim}>{t(`channel.${account.kind}`)}</span>
          </span>
          <Switch
            aria-label={account.name}
            checked={on}
            disabled={turn.isPending || (account.policy !== 'full' && !on)}
            onChange={(event) => turn.mutate({ id: account.id, on: event.currentTarget.checked })}
          />
        </div>
      ))}
    </section>
  )
}
