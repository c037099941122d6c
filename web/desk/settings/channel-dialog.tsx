import { JsonInput, PasswordInput, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { z } from 'zod'
import { type ChannelAccount, ChannelPolicy, channels, OpenableKind } from '../../../contracts/channels.ts'
import { ApiProblem } from '../../shared/api/index.ts'
import { useWords } from '../app/words.ts'
import { call } from '../data/api.ts'
import { queryClient } from '../data/query-client.ts'
import { Dialog } from '../parts/dialog.tsx'
import { CHANNEL_FORMS } from './channel-forms.ts'
import styles from './settings.module.css'

const Settings = z.record(z.string(), z.unknown())

/** Without what was left empty: the server has its own word for that. */
function filled(settings: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(settings).flatMap(([name, value]): [string, unknown][] => {
    if (value === '') return []
    const inner = Array.isArray(value) ? undefined : Settings.safeParse(value).data
    return [[name, inner ? filled(inner) : value]]
  })
  return Object.fromEntries(entries)
}

function readSettings(text: string): Record<string, unknown> | null {
  try {
    return filled(Settings.parse(JSON.parse(text || '{}')))
  } catch {
    return null
  }
}

const jsonOf = (settings: Readonly<Record<string, unknown>>): string => JSON.stringify(settings, null, 2)

const Wrong = z.object({ in: z.literal('settings'), issues: z.array(z.object({ at: z.string() })) })

/** Which settings the server cannot use, by their names; null when that was not the trouble. */
function wrongFields(error: unknown): string | null {
  const facts = error instanceof ApiProblem ? Wrong.safeParse(error.facts).data : undefined
  return facts ? [...new Set(facts.issues.map(({ at }) => at))].join(', ') : null
}

/** Name, rule, settings, and secrets that can be set but never seen. */
export function ChannelDialog({ account, close }: { account: ChannelAccount | null; close: () => void }) {
  const { t } = useWords()
  const [kind, setKind] = useState<OpenableKind>('max')
  const [name, setName] = useState(account?.name ?? '')
  const [policy, setPolicy] = useState<ChannelPolicy | null>(account?.policy ?? null)
  const [settings, setSettings] = useState(jsonOf(account?.settings ?? CHANNEL_FORMS[kind].settings))
  const [secrets, setSecrets] = useState<Readonly<Record<string, string>>>({})
  const [wrong, setWrong] = useState<string | null>(null)
  const parsed = readSettings(settings)
  const known = account?.secrets ?? []
  const form = CHANNEL_FORMS[OpenableKind.catch(kind).parse(account?.kind)]
  const names = [...new Set([...form.secrets, ...known])]
  const choose = (next: OpenableKind) => {
    // What somebody has typed already is theirs.
    if (settings === jsonOf(CHANNEL_FORMS[kind].settings)) setSettings(jsonOf(CHANNEL_FORMS[next].settings))
    setKind(next)
    setSecrets({})
  }
  const act = async () => {
    setWrong(null)
    const given = Object.entries(secrets).filter(([, value]) => value !== '')
    // Unless somebody decides, the country does: in Russia foreign messengers only invite (41-FZ).
    const decided = policy && { policy }
    const body = { name: name.trim(), ...decided, settings: parsed ?? {}, secrets: Object.fromEntries(given) }
    try {
      await (account
        ? call(channels.changeChannelAccount, { params: { id: account.id }, body })
        : call(channels.createChannelAccount, { body: { ...body, kind } }))
    } catch (error) {
      setWrong(wrongFields(error))
      throw error
    }
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
          onChange={(value) => choose(OpenableKind.catch(kind).parse(value))}
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
        placeholder={t('channels.policyOfCountry')}
        allowDeselect={!account}
        onChange={(value) => setPolicy(ChannelPolicy.nullable().catch(policy).parse(value))}
      />
      <JsonInput
        label={t('channels.settings')}
        autosize
        minRows={4}
        maxRows={14}
        value={settings}
        onChange={setSettings}
        error={
          parsed === null
            ? t('channels.badJson')
            : wrong !== null && t('channels.badFields', { fields: wrong })
        }
      />
      {names.map((secret) => (
        <PasswordInput
          key={secret}
          label={t('channels.secret', { name: secret })}
          placeholder={known.includes(secret) ? t('channels.secretSet') : ''}
          autoComplete="new-password"
          value={secrets[secret] ?? ''}
          onChange={(event) => setSecrets({ ...secrets, [secret]: event.currentTarget.value })}
        />
      ))}
      {known.length > 0 && <p className={styles.dim}>{t('channels.secretHint')}</p>}
    </Dialog>
  )
}
