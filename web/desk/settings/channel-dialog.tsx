import { Group, JsonInput, PasswordInput, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { z } from 'zod'
import { type ChannelAccount, ChannelPolicy, channels, OpenableKind } from '../../../contracts/channels.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { queryClient } from '../data/query-client.ts'
import { Dialog } from '../parts/dialog.tsx'
import styles from './settings.module.css'

const Settings = z.record(z.string(), z.unknown())

function readSettings(text: string): Record<string, unknown> | null {
  try {
    return Settings.parse(JSON.parse(text || '{}'))
  } catch {
    return null
  }
}

/** Name, rule, settings, and secrets that can be set but never seen. */
export function ChannelDialog({ account, close }: { account: ChannelAccount | null; close: () => void }) {
  const { t } = useWords()
  const [kind, setKind] = useState<OpenableKind>('max')
  const [name, setName] = useState(account?.name ?? '')
  const [policy, setPolicy] = useState<ChannelPolicy>(account?.policy ?? 'full')
  const [settings, setSettings] = useState(JSON.stringify(account?.settings ?? {}, null, 2))
  const [secret, setSecret] = useState({ name: '', value: '' })
  const parsed = readSettings(settings)
  const act = async () => {
    const secrets = secret.name && secret.value ? { secrets: { [secret.name]: secret.value } } : {}
    const body = { name: name.trim(), policy, settings: parsed ?? {}, ...secrets }
    await (account
      ? call(channels.changeChannelAccount, { params: { id: account.id }, body })
      : call(channels.createChannelAccount, { body: { ...body, kind } }))
    await queryClient.invalidateQueries({ queryKey: ['channel-accounts'] })
  }
  return (
    <Dialog
      title={account?.name ?? t('channels.add')}
      word={t('states.save')}
      close={close}
      act={act}
      ready={name.trim() !== '' && parsed !== null}
    >
      {!account && (
        <Select
          label={t('channels.kind')}
          data={OpenableKind.options.map((value) => ({ value, label: t(`channel.${value}`) }))}
          value={kind}
          allowDeselect={false}
          onChange={(value) => setKind(OpenableKind.catch(kind).parse(value))}
        />
      )}
      <TextInput
        label={t('channels.title')}
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label={t('channels.policy')}
        data={ChannelPolicy.options.map((value) => ({ value, label: t(`channels.${value}`) }))}
        value={policy}
        allowDeselect={false}
        onChange={(value) => setPolicy(ChannelPolicy.catch(policy).parse(value))}
      />
      <JsonInput
        label={t('channels.settings')}
        autosize
        minRows={4}
        maxRows={14}
        value={settings}
        onChange={setSettings}
        error={parsed === null && t('channels.badJson')}
      />
      <div>
        <Group gap={8} grow align="flex-end">
          <TextInput
            label={t('channels.secretName')}
            value={secret.name}
            onChange={(event) => setSecret({ ...secret, name: event.currentTarget.value })}
          />
          <PasswordInput
            label={t('channels.secretValue')}
            autoComplete="off"
            value={secret.value}
            onChange={(event) => setSecret({ ...secret, value: event.currentTarget.value })}
          />
        </Group>
        <p className={styles.dim}>
          {t('channels.secretHint')}
          {account && account.secrets.length > 0 && ` (${account.secrets.join(', ')})`}
        </p>
      </div>
    </Dialog>
  )
}
